// One worker process that carries out one run with the built code, as in production, and says what memory it came to hold.
import { randomUUID } from 'node:crypto';
import { openPostgres } from '../dist/connectors/postgres/index.js';
import { Secret } from '../dist/connectors/contract/secret.js';
import { carryOutRun } from '../dist/src/app/runs/carry-out-run.js';
import { connectorOptions } from '../dist/src/domain/providers/columns.js';
import { Keyring } from '../dist/src/kernel/keyring.js';
import { createPasswordHasher } from '../dist/src/passwords/create-hasher.js';
import { Store } from '../dist/src/store/store.js';

const { url, key, runId } = JSON.parse(process.env['CARRY_OUT']);
const silent = () => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent, child: () => logger };
const store = await Store.open({ url: new Secret(url), poolSize: 4, logger });
const passwords = createPasswordHasher();
const tools = { logger, resolve: (host) => Promise.resolve(host), locate: (file) => Promise.resolve(file) };
const context = {
  store,
  passwords,
  keyring: new Keyring(Buffer.from(key, 'hex')),
  logger,
  openProvider: (definition, password) =>
    Promise.resolve(openPostgres({ ...connectorOptions(definition), password }, tools)),
  settings: { publicUrl: 'http://localhost:4600', sharedEmail: false, registrationLinkHours: 72 },
};
const worker = { owner: randomUUID(), signal: new AbortController().signal };
const { state } = await carryOutRun(context, runId, worker);
process.stdout.write(`${JSON.stringify({ state, peakKiB: process.resourceUsage().maxRSS })}\n`);
await passwords[Symbol.asyncDispose]();
await store[Symbol.asyncDispose]();
