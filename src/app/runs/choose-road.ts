import { ConnectorError } from '../../../connectors/contract/errors.ts';
import { LinkEntity } from '../../store/entities/directory.ts';
import { saveProgress } from '../../store/runs/save-progress.ts';
import type { RunSession } from './run-session.ts';
import { SourceReader } from './source-reader.ts';

/** `import`: apply as it is read. `plan`: compare first. `apply`: the plan is made and may be carried out. */
export type Road = 'import' | 'plan' | 'apply';

/**
 * A first import streams: there is nobody to harm. It is planned all the same
 * when it matches people who exist already, when it is a dry run, or when it
 * could send more registration e-mails than one run may.
 */
export async function chooseRoad(session: RunSession): Promise<Road> {
  const { run, context, lease } = session;
  if (run.state === 'applying') return run.planned ? 'apply' : 'import';
  if (run.phase !== null || run.position !== null) return 'plan';
  // Before anything is read: what changes during the pass comes after this position, and is found from there.
  const checkpoint = await takeHead(session);
  const expected = await countRecords(session);
  const planned = !(await mayStream(session, expected));
  const state = planned ? 'planning' : 'applying';
  await context.store.transaction(
    async (tx) => await saveProgress(tx, lease, { expected, planned, state, ...checkpoint }),
  );
  return planned ? 'plan' : 'import';
}

async function takeHead({ feed, signal, ...session }: RunSession): Promise<{ checkpoint?: string }> {
  if (feed === null) return {};
  const source = new SourceReader({ feed, signal, ...session });
  return { checkpoint: await source.ask(() => feed.head(signal)) };
}

/** For the progress bar and the e-mail safeguard; null when counting takes the source too long. */
async function countRecords(session: RunSession): Promise<number | null> {
  const source = new SourceReader(session);
  try {
    return await source.ask(() => session.connector.records.count(session.signal));
  } catch (error) {
    if (error instanceof ConnectorError && error.code === 'SOURCE_TIMEOUT') return null;
    throw error;
  }
}

async function mayStream({ run, provider, context }: RunSession, expected: number | null): Promise<boolean> {
  const { definition } = provider;
  if (run.dryRun || definition.match !== 'none') return false;
  const linked = await context.store.read.existsBy(LinkEntity, { providerId: provider.id });
  const { password } = definition;
  const invites = password?.onboarding === 'pre-registration' || password?.preRegistration !== undefined;
  const mayInvite = invites && password.invitations !== 'hold';
  const few = expected !== null && expected <= definition.safeguards.emails;
  return !linked && (few || !mayInvite);
}
