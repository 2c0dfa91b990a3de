import type { RunAsks } from '../asks/runs.ts';
import type { ExitCode, Session } from '../command.ts';
import { followRun } from './follow-run.ts';
import { exitCodeOf, hintAfter, runText } from './run-text.ts';

/** Shows a run as it is now, or as it ends. */
export async function showAfter(
  { output, signal }: Session,
  runs: RunAsks,
  about: { readonly runId: string; readonly wait: boolean },
): Promise<ExitCode> {
  const run = about.wait ? await followRun(runs, about.runId, signal) : await runs.show(about.runId);
  output.result(run, () => runText(output, run));
  hintAfter(output, run);
  return about.wait ? exitCodeOf(run) : 0;
}
