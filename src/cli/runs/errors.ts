import { listRunErrors } from '../../app/runs/show-run.ts';
import { argument, type Session, type Typed } from '../command.ts';

const STRETCH = 500;

export async function errors(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const runId = argument(typed, 0);
  await session.withContext(async (context) => {
    let after: string | null = null;
    for (;;) {
      const found = await listRunErrors(context, runId, { after, limit: STRETCH });
      if (found.length > 0 || after === null) {
        const rows = found.map((fault) => [
          fault.recordKey,
          fault.field,
          fault.code,
          `${fault.message}${fault.resolvedAt === null ? '' : ' (mended)'}`,
        ]);
        output.list(found, () =>
          output.table(['RECORD', 'FIELD', 'CODE', 'REASON'], rows, 'Every record could be used.'),
        );
      }
      if (found.length < STRETCH) break;
      after = found.at(-1)?.id ?? after;
    }
    output.hint(`When the cause is mended: tributary run replay ${runId} --wait`);
  });
}
