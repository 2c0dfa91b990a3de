import { option, type Session, type Typed } from '../command.ts';
import { readCount } from '../read-count.ts';
import { time } from '../output.ts';
import { causeText, countsText, stateText } from './run-text.ts';

export async function list(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const limit = readCount('--limit', option(typed, 'limit') ?? '20');
  await session.withInstallation(async (installation) => {
    const runs = await installation.runs.list({ provider: option(typed, 'provider') ?? undefined, limit });
    output.list(runs, () =>
      output.table(
        ['ID', 'PROVIDER', 'KIND', 'STATE', 'STARTED', 'ASKED BY', 'COUNTS'],
        runs.map((run) => [
          run.id,
          run.provider,
          run.dryRun ? `${run.kind}, dry` : run.kind,
          stateText(output, run.state),
          time(run.startedAt),
          causeText(run.cause),
          countsText(run),
        ]),
        'No runs yet. Start one with: tributary sync <provider> --wait',
      ),
    );
  });
}
