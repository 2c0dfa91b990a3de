import { AppError } from '../../kernel/errors.ts';
import type { RunAsks } from '../asks/runs.ts';
import { argument, flag, option, type ExitCode, type Session, type Typed } from '../command.ts';
import { followRun } from './follow-run.ts';
import { printRecords } from './print-records.ts';
import { showResync } from './resync-text.ts';
import { exitCodeOf, hintAfter, runText } from './run-text.ts';

export async function sync(session: Session, typed: Typed): Promise<ExitCode | undefined> {
  const provider = argument(typed, 0);
  const recordKey = option(typed, 'record');
  refuseTwoKinds(typed);
  const { output, signal } = session;
  return await session.withInstallation(async ({ runs }) => {
    if (recordKey !== null) return showResync(output, await runs.resync(provider, recordKey, signal));
    const dryRun = flag(typed, 'dryRun');
    const kind = flag(typed, 'delta') ? 'delta' : 'full';
    const { runId } = await runs.request({ provider, kind, dryRun });
    if (!flag(typed, 'wait') && !dryRun) {
      leaveToServer(session, runId);
      return undefined;
    }
    return await finish(session, runs, runId);
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
  output.hint(`A running server does it. Follow it: tributary run show ${runId}; or give --wait`);
}

async function finish({ output, signal }: Session, runs: RunAsks, runId: string): Promise<ExitCode> {
  const run = await followRun(runs, runId, signal);
  if (run.dryRun && run.state === 'done') await printRecords(output, runs, runId);
  if (output.json && run.dryRun) output.say(JSON.stringify(run));
  else output.result(run, () => runText(output, run));
  hintAfter(output, run);
  return exitCodeOf(run);
}
