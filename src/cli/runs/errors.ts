import type { RunError } from '../asks/runs.ts';
import { argument, type Session, type Typed } from '../command.ts';

export async function errors(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const runId = argument(typed, 0);
  const show = (found: readonly RunError[]): void => {
    const rows = found.map((fault) => [
      fault.recordKey,
      fault.field,
      fault.code,
      `${fault.message}${fault.resolvedAt === null ? '' : ' (mended)'}`,
    ]);
    output.list(found, () =>
      output.table(['RECORD', 'FIELD', 'CODE', 'REASON'], rows, 'Every record could be used.'),
    );
  };
  await session.withInstallation(async ({ runs }) => {
    let some = false;
    for await (const found of runs.errors(runId)) {
      show(found);
      some = true;
    }
    if (some) output.hint(`When the cause is mended: tributary run replay ${runId} --wait`);
    else show([]);
  });
}
