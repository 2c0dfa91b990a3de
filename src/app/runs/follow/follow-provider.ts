import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectorError } from '../../../../connectors/contract/errors.ts';
import { followerWait } from '../../../domain/runs/follower-wait.ts';
import { AppError } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { ProviderEntity, type ProviderRow } from '../../../store/entities/directory.ts';
import { claimFollower, releaseFollower, renewFollower } from '../../../store/followers/hold-follower.ts';
import { renewRun } from '../../../store/runs/claim-run.ts';
import type { AppContext } from '../../context.ts';
import { watchTraces } from '../../providers/watch-traces.ts';
import { loseHistory, needsNewPass } from '../fail-run.ts';
import { noteProviderHealth } from '../note-provider-health.ts';
import { clearTheWay } from './clear-the-way.ts';
import { note, type Follower } from './follower.ts';
import { readStream } from './read-stream.ts';

/** Two beats may fail before the provider is taken away; a pause is noticed within one. */
const HEARTBEAT_MS = 5_000;
/** How often the source is asked how much history it keeps for us. */
const WATCH_MS = 60_000;
/** How long to look away when something stands before the next stretch. */
const WAY_MS = 1_000;

/**
 * Follows a provider's changes as they happen, unless another process does, until
 * aborted, or until the provider is paused, removed or defined anew. Failures of the
 * source are waited out here, longer each time.
 */
export async function followProvider(
  context: AppContext,
  providerId: string,
  stop: AbortSignal,
): Promise<void> {
  const owner = newId();
  if (!(await claimFollower(context.store.read, providerId, owner))) return;
  const ended = new AbortController();
  const signal = AbortSignal.any([stop, ended.signal]);
  const provider = await context.store.read.findOneBy(ProviderEntity, { id: providerId });
  if (provider === null) return;
  const held = { runId: null, connector: null, attempts: 0 };
  const follower: Follower = { context, provider, owner, signal, held };
  const heartbeat = setInterval(() => void beat(follower, ended), HEARTBEAT_MS);
  const watch = setInterval(() => void watchSource(follower), WATCH_MS);
  try {
    while (!signal.aborted) await followOnce(follower);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    clearInterval(heartbeat);
    clearInterval(watch);
    await releaseFollower(context.store.read, providerId, owner);
  }
}

async function beat(follower: Follower, ended: AbortController): Promise<void> {
  const { context, provider, owner, held } = follower;
  try {
    const holder = { providerId: provider.id, owner, version: provider.version };
    const mine = await renewFollower(context.store.read, holder);
    if (!mine) ended.abort(new Error('the provider is followed no more'));
    else if (held.runId !== null) await renewRun(context.store.read, held.runId, owner);
  } catch (error) {
    context.logger.warn('the heartbeat of a follower failed', { provider: provider.name, error });
  }
}

async function watchSource({ context, provider, held, signal }: Follower): Promise<void> {
  if (held.connector === null) return;
  try {
    await watchTraces(context, { provider, connector: held.connector, signal });
  } catch (error) {
    context.logger.debug('a source could not be asked what it keeps', { provider: provider.name, error });
  }
}

async function followOnce(about: Follower): Promise<void> {
  const { context, signal } = about;
  try {
    const provider = await context.store.read.findOneBy(ProviderEntity, { id: about.provider.id });
    const same = provider?.version === about.provider.version;
    if (same && (await clearTheWay({ ...about, provider }))) await readStream({ ...about, provider });
    else await look(signal);
  } catch (error) {
    if (signal.aborted) throw error;
    await waitOut(about, error);
  }
}

/** The heartbeat ends a follower whose provider is not the same any more. */
async function look(signal: AbortSignal): Promise<void> {
  await sleep(WAY_MS, undefined, { signal });
}

async function waitOut(follower: Follower, error: unknown): Promise<void> {
  const { context, provider, held, signal } = follower;
  held.attempts += 1;
  const known = error instanceof ConnectorError || error instanceof AppError;
  const fault = known
    ? { code: error.code, message: error.message }
    : { code: 'UNEXPECTED', message: 'an unexpected error; see the log' };
  const { waitMs, level } = followerWait(
    error instanceof ConnectorError ? error.advice : null,
    held.attempts,
  );
  const { attempts } = held;
  context.logger[level]('a provider cannot be followed', {
    provider: provider.name,
    attempts,
    waitMs,
    error,
  });
  await noteProviderHealth(context, provider.id, fault);
  await note(follower, { state: 'failing', reason: `${fault.message} (${fault.code})` });
  if (known && needsNewPass(error)) await startOver(context, provider, fault.code);
  await sleep(waitMs, undefined, { signal });
}

async function startOver(context: AppContext, provider: ProviderRow, code: string): Promise<void> {
  await context.store.transaction(
    async (tx) => await loseHistory(context, tx, { provider, code, cause: { kind: 'system' } }),
  );
}
