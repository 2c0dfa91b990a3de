import { Secret } from '../../connectors/contract/secret.ts';
import type { AppContext } from '../../src/app/context.ts';
import { Keyring } from '../../src/kernel/keyring.ts';
import { createPasswordHasher } from '../../src/passwords/create-hasher.ts';
import { Store } from '../../src/store/store.ts';
import { openTestProvider, type World } from './context.ts';
import { silentLogger } from './logger.ts';

/** What a process of its own is told, as JSON in the environment. */
export interface ChildOrder {
  readonly url: string;
  /** Hexadecimal. */
  readonly key: string;
  /** The customer's database, for its change feed; empty when it has none. */
  readonly sourceUrl?: string;
}

export function orderFor(world: World): ChildOrder {
  return { url: world.database.url, key: world.key.toString('hex'), sourceUrl: world.source.url };
}

/** The use cases' context, as a worker in a process of its own has it. */
export async function openChildContext({ url, key, sourceUrl = '' }: ChildOrder): Promise<AppContext> {
  const context: AppContext = {
    store: await Store.open({ url: new Secret(url), poolSize: 4, logger: silentLogger }),
    passwords: createPasswordHasher(),
    keyring: new Keyring(Buffer.from(key, 'hex')),
    logger: silentLogger,
    openProvider: openTestProvider({ url: sourceUrl }, () => context),
    settings: {
      productName: 'Access Management',
      publicUrl: 'http://localhost:4600',
      sharedEmail: false,
      registrationLinkHours: 72,
      resetLinkMinutes: 60,
      sessionHours: 12,
      dataDirectory: '',
    },
  };
  return context;
}
