import { showRun } from '../../app/runs/show-run.ts';
import { argument, type Session, type Typed } from '../command.ts';
import { hintAfter, runText } from './run-text.ts';

export async function show(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  await session.withContext(async (context) => {
    const run = await showRun(context, argument(typed, 0));
    output.result(run, () => runText(output, run));
    hintAfter(output, run);
  });
}
