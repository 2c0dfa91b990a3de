import { RUN_KINDS, RUN_STATES } from '../../domain/runs/run.ts';
import { option, type Session, type Typed } from '../command.ts';
import { readChoice } from '../read-choice.ts';
import { readStretch } from '../read-stretch.ts';
import { time } from '../output.ts';
import { causeText, countsText, stateText } from './run-text.ts';

export async function list(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const filter = {
    provider: option(typed, 'provider') ?? undefined,
    state: readChoice('--state', option(typed, 'state'), RUN_STATES) ?? undefined,
    kind: readChoice('--kind', option(typed, 'kind'), RUN_KINDS) ?? undefined,
    ...readStretch(typed, new Date()),
  };
  await session.withInstallation(async (installation) => {
    const runs = await installation.runs.list(filter);
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
