import type { ExitCode, Session, Typed } from '../command.ts';
import { findingsText } from './findings-text.ts';
import { readTarget } from './read-target.ts';
import { warn } from './warn.ts';

/** @returns 1 when something would stop the provider from working. */
export async function test(session: Session, typed: Typed): Promise<ExitCode> {
  const { output, signal } = session;
  const target = await readTarget(session, typed);
  return await session.withInstallation(async ({ providers }) => {
    const result = await providers.test(target, signal);
    output.result(result, () => findingsText(output, result.findings));
    warn(output, result.warnings);
    if (result.ready)
      output.hint(`Ready. Next: tributary provider preview ${'name' in target ? target.name : '-f FILE'}`);
    return result.ready ? 0 : 1;
  });
}
