import { testProvider } from '../../app/providers/test-provider.ts';
import type { ExitCode, Session, Typed } from '../command.ts';
import { readTarget } from './read-target.ts';
import { warn } from './warn.ts';

const COLOURS = { ok: 'green', warning: 'yellow', error: 'red' } as const;
const MARKS = { ok: '✓', warning: '!', error: '✗' } as const;

/** @returns 1 when something would stop the provider from working. */
export async function test(session: Session, typed: Typed): Promise<ExitCode> {
  const { output, signal } = session;
  const target = await readTarget(session, typed);
  return await session.withContext(async (context) => {
    const result = await testProvider(context, target, signal);
    output.result(result, () =>
      result.findings
        .map(({ step, severity, code, message, remedy }) => {
          const head = `${output.style(COLOURS[severity], MARKS[severity])} ${step.padEnd(10)} ${message}`;
          if (severity === 'ok') return head;
          const indented = remedy.split('\n').map((line) => `             ${line}`);
          return [`${head} (${code})`, ...indented].join('\n');
        })
        .join('\n'),
    );
    warn(output, result.warnings);
    if (result.ready)
      output.hint(`Ready. Next: tributary provider preview ${'name' in target ? target.name : '-f FILE'}`);
    return result.ready ? 0 : 1;
  });
}
