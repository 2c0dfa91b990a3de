import { createHash } from 'node:crypto';
import type { Connector } from '../../../connectors/contract/connector.ts';
import type { ProviderRow } from '../../store/entities/directory.ts';
import type { AppContext } from '../context.ts';
import { openConnector } from './open-connector.ts';

/** Long enough for a morning of sign-ins, short enough that a provider nobody signs in at has nothing of ours open. */
const IDLE_MS = 60_000;
/** Connectors kept by one process; a connector has up to four connections. */
const MOST = 16;

type Provider = Pick<ProviderRow, 'id' | 'definition' | 'password'>;

interface Kept {
  /** Of the definition and the password it was opened with. */
  readonly digest: string;
  readonly connector: Promise<Connector>;
  users: number;
  /** Nobody is to be given it any more; it is closed when its last user is done. */
  over: boolean;
  idle: NodeJS.Timeout | null;
}

/** By the provider's id, the one used last at the end. */
type KeptById = Map<string, Kept>;

const keptBy = new WeakMap<AppContext, KeptById>();

/**
 * Works with a connector that stays open for a minute after its last use, so that
 * people who sign in one after the other do not wait for a connection each. Another
 * definition or password closes it. {@link closeKeptConnectors} is for the end.
 */
export async function withKeptConnector<T>(
  context: AppContext,
  provider: Provider,
  work: (connector: Connector) => Promise<T>,
): Promise<T> {
  const all = keptBy.get(context) ?? new Map<string, Kept>();
  keptBy.set(context, all);
  const kept = await take(context, all, provider);
  try {
    return await work(await kept.connector);
  } finally {
    kept.users -= 1;
    if (kept.users === 0 && kept.over) void close(kept);
    else if (kept.users === 0)
      kept.idle = setTimeout(() => void retire(all, provider.id, kept), IDLE_MS).unref();
  }
}

/** Closes what is kept, and waits for it; what is in use is closed by its last user. */
export async function closeKeptConnectors(context: AppContext): Promise<void> {
  const all: KeptById = keptBy.get(context) ?? new Map<string, Kept>();
  keptBy.delete(context);
  await Promise.all([...all].map(async ([id, kept]) => await retire(all, id, kept)));
}

/** How many are open; for figures and tests. */
export function countKeptConnectors(context: AppContext): number {
  return keptBy.get(context)?.size ?? 0;
}

async function take(context: AppContext, all: KeptById, provider: Provider): Promise<Kept> {
  const digest = digestOf(provider);
  const present = all.get(provider.id);
  if (present !== undefined && present.digest !== digest) void retire(all, provider.id, present);
  const kept = all.get(provider.id) ?? {
    ...{ digest, users: 0, over: false, idle: null },
    connector: openConnector(context, provider),
  };
  if (kept.idle !== null) clearTimeout(kept.idle);
  kept.idle = null;
  kept.users += 1;
  all.delete(provider.id);
  all.set(provider.id, kept);
  for (const [id, oldest] of [...all].slice(0, Math.max(0, all.size - MOST))) void retire(all, id, oldest);
  // One that did not open is not kept.
  await kept.connector.catch((error: unknown) => {
    kept.users -= 1;
    if (all.get(provider.id) === kept) all.delete(provider.id);
    throw error;
  });
  return kept;
}

async function retire(all: KeptById, id: string, kept: Kept): Promise<void> {
  if (all.get(id) === kept) all.delete(id);
  if (kept.idle !== null) clearTimeout(kept.idle);
  kept.over = true;
  if (kept.users === 0) await close(kept);
}

async function close(kept: Kept): Promise<void> {
  const connector = await kept.connector.catch(() => null);
  await connector?.[Symbol.asyncDispose]();
}

function digestOf({ definition, password }: Provider): string {
  return createHash('sha256')
    .update(JSON.stringify(definition))
    .update(password ?? '')
    .digest('hex');
}
