import type { AppContext } from '../../app/context.ts';
import { explainResync } from '../../app/runs/explain-resync.ts';
import type { ExitCode, Session } from '../command.ts';

const MARKS = { ok: '✓', failed: '✗', skipped: '–' } as const;
const COLOURS = { ok: 'green', failed: 'red', skipped: 'dim' } as const;

/** Brings one person into step and shows the five steps. @returns 1 when one of them failed. */
export async function resyncRecord(
  session: Session,
  context: AppContext,
  about: { readonly provider: string; readonly recordKey: string },
): Promise<ExitCode> {
  const { output, actor, signal } = session;
  const cause = { kind: 'operator', name: actor } as const;
  const report = await explainResync(context, { ...about, cause, signal });
  output.result(report, () =>
    report.steps
      .map(
        ({ name, state, detail }) =>
          `${output.style(COLOURS[state], MARKS[state])} ${name.padEnd(9)} ${detail}`,
      )
      .join('\n'),
  );
  return report.steps.every((step) => step.state === 'ok') ? 0 : 1;
}
