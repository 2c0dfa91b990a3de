import { Secret } from '../../connectors/contract/secret.ts';
import { openPostgres } from '../../connectors/postgres/index.ts';
import { openMailer } from '../../jobs/mail/mailer.ts';
import { startWorkers } from '../../jobs/start-workers.ts';
import type { AppContext } from '../../src/app/context.ts';
import { connectorOptions } from '../../src/domain/providers/columns.ts';
import { Keyring } from '../../src/kernel/keyring.ts';
import { createPasswordHasher } from '../../src/passwords/create-hasher.ts';
import { Store } from '../../src/store/store.ts';
import { silentLogger } from './logger.ts';

/** What a worker in a process of its own is told, as JSON in the variable WORKER. */
export interface WorkerOrder {
  readonly url: string;
  /** Hexadecimal. */
  readonly key: string;
  readonly smtpUrl: string;
}

const { url, key, smtpUrl } = JSON.parse(process.env['WORKER'] ?? '{}') as WorkerOrder;
const publicUrl = 'http://localhost:4600';
const context: AppContext = {
  store: await Store.open({ url: new Secret(url), poolSize: 10, logger: silentLogger }),
  passwords: createPasswordHasher(),
  keyring: new Keyring(Buffer.from(key, 'hex')),
  logger: silentLogger,
  openProvider: (definition, password) =>
    Promise.resolve(
      openPostgres(
        { ...connectorOptions(definition), password },
        {
          logger: silentLogger,
          resolve: (host) => Promise.resolve(host),
          locate: (file) => Promise.resolve(file),
        },
      ),
    ),
  settings: {
    productName: 'Access Management',
    publicUrl,
    sharedEmail: false,
    registrationLinkHours: 72,
    resetLinkMinutes: 60,
    sessionHours: 12,
    dataDirectory: '',
  },
};
const mailer = openMailer({
  smtpUrl: new Secret(smtpUrl),
  capturedDirectory: '',
  from: 'no-reply@access.example',
  productName: 'Access Management',
  publicUrl,
  templatesDirectory: null,
  logger: silentLogger,
});
await startWorkers(context, {
  redisUrl: null,
  roles: { worker: true, scheduler: false },
  sendMail: mailer.send,
  concurrency: 5,
});
process.stdout.write('working\n');
