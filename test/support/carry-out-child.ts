import { Secret } from '../../connectors/contract/secret.ts';
import type { AppContext } from '../../src/app/context.ts';
import { carryOutRun } from '../../src/app/runs/carry-out-run.ts';
import { newId } from '../../src/kernel/ids.ts';
import { Keyring } from '../../src/kernel/keyring.ts';
import { createPasswordHasher } from '../../src/passwords/create-hasher.ts';
import { Store } from '../../src/store/store.ts';
import { openTestProvider } from './context.ts';
import { silentLogger } from './logger.ts';

/*
 * A worker process of its own: carries out one run and ends. Tests kill it, and
 * the benchmark measures it. Arguments come as JSON in CARRY_OUT.
 */

interface Order {
  readonly url: string;
  readonly key: string;
  readonly runId: string;
  /** The customer's database, for its change feed; empty when it has none. */
  readonly sourceUrl?: string;
}

const { url, key, runId, sourceUrl = '' } = JSON.parse(process.env['CARRY_OUT'] ?? '{}') as Order;
const store = await Store.open({ url: new Secret(url), poolSize: 4, logger: silentLogger });
const passwords = createPasswordHasher();
const context: AppContext = {
  store,
  passwords,
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
const outcome = await carryOutRun(context, runId, { owner: newId(), signal: new AbortController().signal });
const { maxRSS } = process.resourceUsage();
process.stdout.write(`${JSON.stringify({ state: outcome.state, peakKiB: maxRSS })}\n`);
await passwords[Symbol.asyncDispose]();
await store[Symbol.asyncDispose]();
