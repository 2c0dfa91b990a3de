import type { AppContext } from '../../app/context.ts';
import { requestRun } from '../../app/runs/request-run.ts';
import { AppError } from '../../kernel/errors.ts';
import { argument, flag, option, type ExitCode, type Session, type Typed } from '../command.ts';
import { resyncRecord } from './resync-record.ts';
import { followRun } from './follow-run.ts';
import { printRecords } from './print-records.ts';
import { exitCodeOf, hintAfter, runText } from './run-text.ts';

export async function sync(session: Session, typed: Typed): Promise<ExitCode | undefined> {
  const provider = argument(typed, 0);
  const recordKey = option(typed, 'record');
  refuseTwoKinds(typed);
  return await session.withContext(async (context) => {
    if (recordKey !== null) return await resyncRecord(session, context, { provider, recordKey });
    const dryRun = flag(typed, 'dryRun');
    const { runId } = await requestRun(context, {
      provider,
      kind: flag(typed, 'delta') ? 'delta' : 'full',
      dryRun,
      cause: { kind: 'operator', name: session.actor },
    });
    if (!flag(typed, 'wait') && !dryRun) {
      leaveToServer(session, runId);
      return undefined;
    }
    return await finish(session, context, runId);
  });
}

function refuseTwoKinds(typed: Typed): void {
  const record = option(typed, 'record') !== null;
  const kinds = [flag(typed, 'full'), flag(typed, 'delta'), record].filter(Boolean);
  if (kinds.length > 1)
    throw conflict('--full, --delta and --record exclude each other.', 'Give one of them.');
  // One person is brought into step at once: nothing would be dry about it.
  if (record && flag(typed, 'dryRun'))
    throw conflict('--dry-run looks at all records, not at one.', 'Leave one of --record and --dry-run out.');
}

function conflict(message: string, remedy: string): AppError {
  return new AppError({ kind: 'invalid', code: 'OPTIONS_CONFLICT', message, remedy });
}

function leaveToServer({ output }: Session, runId: string): void {
  output.result({ runId, state: 'queued' }, () => `run ${runId} is queued`);
  output.hint(
    `A running server does it (tributary start). Follow it: tributary run show ${runId}. Or do it here: --wait`,
  );
}

async function finish(session: Session, context: AppContext, runId: string): Promise<ExitCode> {
  const { output } = session;
  const run = await followRun(session, context, runId);
  if (run.dryRun && run.state === 'done') await printRecords(session, context, runId);
  if (output.json && run.dryRun) output.say(JSON.stringify(run));
  else output.result(run, () => runText(output, run));
  hintAfter(output, run);
  return exitCodeOf(run);
}
