import { asError, AppError } from '../../kernel/errors.ts';
import { sealedSample } from '../../store/installation/sealed-sample.ts';
import { readAuditHead } from '../../store/operators/read-audit.ts';
import { readClock } from '../../store/operators/read-clock.ts';
import type { AppContext } from '../context.ts';
import { checkStore } from '../check-store.ts';
import { countPendingEffects } from '../outbox/count-pending-effects.ts';
import { passwordBinding } from '../providers/open-connector.ts';
import { listProviders } from '../providers/list-providers.ts';

/** What one look found. */
export interface Diagnosis {
  readonly name: string;
  readonly state: 'ok' | 'warn' | 'fail';
  readonly detail: string;
  /** What to do; empty when there is nothing to do. */
  readonly remedy: string;
}

/** What only the composition root can ask. Each resolves with what it found, and rejects with the reason. */
export interface Probes {
  readonly queues: () => Promise<string>;
  readonly mail: () => Promise<string>;
}

/** Work that has been due for so long is not being done. */
const STUCK_SECONDS = 300;
/** Times in links and signatures are compared between machines. */
const MOST_SKEW_MS = 5_000;

/** Looks at everything that an installation stands on, whatever it finds first. */
export async function diagnose(context: AppContext, probes: Probes): Promise<readonly Diagnosis[]> {
  const migrations = await look('migrations', async () => {
    await checkStore(context);
    return 'up to date';
  });
  const around = [
    look('queues', probes.queues),
    look('mail', probes.mail),
    Promise.resolve(lookAtAddress(context)),
  ];
  // Of a store that cannot be asked, or lacks columns, nothing more is known.
  const inside =
    migrations.state === 'fail'
      ? []
      : [lookAtKey(context), lookAtClock(context), lookAtWork(context), lookAtProviders(context)];
  const found = await Promise.all([...around, ...inside]);
  return [migrations, ...found.flat()];
}

/** Tries something. @param remedyOf what to do about an error; default: what the error says itself. */
export async function look(
  name: string,
  attempt: () => Promise<string>,
  remedyOf: (error: unknown) => string = ownRemedy,
): Promise<Diagnosis> {
  try {
    return { name, state: 'ok', detail: await attempt(), remedy: '' };
  } catch (error) {
    return { name, state: 'fail', detail: asError(error).message, remedy: remedyOf(error) };
  }
}

function ownRemedy(error: unknown): string {
  return error instanceof AppError ? error.remedy : '';
}

/** A key whose work another should have taken over is not to be taken away. */
async function lookAtKey(context: AppContext): Promise<Diagnosis> {
  const found = await look('key', async () => await checkKey(context));
  const head = found.state === 'ok' ? await readAuditHead(context.store.read) : null;
  if (head?.keyId == null || head.keyId === context.keyring.keyId) return found;
  return {
    ...found,
    state: 'warn',
    detail: `${found.detail}; the audit log goes on with ${head.keyId}`,
    remedy: 'Finish changing the key: tributary secret-key reseal',
  };
}

/** Something that was sealed long ago has to open. */
async function checkKey({ store, keyring }: AppContext): Promise<string> {
  const sample = await sealedSample(store.read);
  if (sample === null) return `${keyring.keyId}; nothing has been sealed yet`;
  keyring.open(sample.password, passwordBinding(sample.id));
  return `${keyring.keyId}; opens what is stored`;
}

async function lookAtClock({ store }: AppContext): Promise<Diagnosis> {
  const skew = Math.abs((await readClock(store.read)) * 1_000 - new Date().getTime());
  const good = skew <= MOST_SKEW_MS;
  return {
    name: 'clock',
    state: good ? 'ok' : 'warn',
    detail: good ? 'agrees with the store' : `${(skew / 1_000).toFixed(0)} s apart from the store's`,
    remedy: good ? '' : 'Have both machines keep time (NTP).',
  };
}

function lookAtAddress({ settings }: AppContext): Diagnosis {
  const { protocol, hostname } = new URL(settings.publicUrl);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return {
    name: 'public address',
    state: local ? 'warn' : 'ok',
    detail: `${settings.publicUrl}${local ? ' is reachable from this machine only' : ''}`,
    remedy: local && protocol === 'http:' ? 'Set TRIBUTARY_PUBLIC_URL to where people reach the pages.' : '',
  };
}

async function lookAtWork(context: AppContext): Promise<readonly Diagnosis[]> {
  const pending = await countPendingEffects(context);
  return pending.map(({ kind, due, oldestDueSeconds }): Diagnosis => {
    const stuck = oldestDueSeconds > STUCK_SECONDS;
    const remedy = stuck ? 'Is a worker running? Start one with: tributary start --roles worker' : '';
    return { name: `work: ${kind}`, state: stuck ? 'warn' : 'ok', detail: `${due} due`, remedy };
  });
}

async function lookAtProviders(context: AppContext): Promise<readonly Diagnosis[]> {
  return (await listProviders(context)).map(({ name, lastError }): Diagnosis => ({
    name: `provider ${name}`,
    state: lastError === null ? 'ok' : 'warn',
    detail: lastError ?? 'no error',
    remedy: lastError === null ? '' : `Look closer: tributary provider test ${name}`,
  }));
}
