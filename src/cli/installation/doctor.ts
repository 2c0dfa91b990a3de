import type { LoadedConfig } from '../../../config/load.ts';
import { checkStore } from '../../app/check-store.ts';
import type { AppContext } from '../../app/context.ts';
import { countPendingEffects } from '../../app/outbox/count-pending-effects.ts';
import { listProviders } from '../../app/providers/list-providers.ts';
import { asError } from '../../kernel/errors.ts';
import type { ExitCode, Session } from '../command.ts';
import { remedyOf } from '../report-error.ts';

/** What one look found. */
export interface Diagnosis {
  readonly name: string;
  readonly state: 'ok' | 'warn' | 'fail';
  readonly detail: string;
  readonly remedy: string;
}

const COLOURS = { ok: 'green', warn: 'yellow', fail: 'red' } as const;
/** Work that has been due for so long is not being done. */
const STUCK_SECONDS = 300;
const LEAST_NODE = [20, 19] as const;

/** Looks at everything, whatever it finds first. @returns 1 when something is broken. */
export async function doctor(session: Session): Promise<ExitCode> {
  const { output, runtime } = session;
  const found: Diagnosis[] = [node()];
  const config = await look(
    found,
    'configuration',
    async () => await runtime.config(),
    () => 'every setting is usable',
  );
  if (config !== null) await lookInside(session, config, found);
  output.result(found, () => found.map((one) => line(session, one)).join('\n'));
  return found.some(({ state }) => state === 'fail') ? 1 : 0;
}

function line({ output }: Session, { name, state, detail, remedy }: Diagnosis): string {
  const next = remedy === '' ? '' : `\n${' '.repeat(22)}${remedy}`;
  return `${output.style(COLOURS[state], state.padEnd(5))} ${name.padEnd(15)} ${detail}${next}`;
}

function node(): Diagnosis {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const good = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
  const remedy = good ? '' : 'Install Node 20.19 or later.';
  return { name: 'Node', state: good ? 'ok' : 'fail', detail: process.versions.node, remedy };
}

/** Tries something and notes how it went. @returns null when it failed. */
async function look<T>(
  found: Diagnosis[],
  name: string,
  ...[attempt, describe]: [() => Promise<T>, (value: T) => string]
): Promise<T | null> {
  try {
    const value = await attempt();
    found.push({ name, state: 'ok', detail: describe(value), remedy: '' });
    return value;
  } catch (error) {
    found.push({ name, state: 'fail', detail: asError(error).message, remedy: remedyOf(error) });
    return null;
  }
}

async function lookInside({ runtime }: Session, { config }: LoadedConfig, found: Diagnosis[]): Promise<void> {
  const opened = await look(
    found,
    'store and key',
    async () => await runtime.openContext({ migrations: 'ignore' }),
    () => 'open',
  );
  if (opened === null) return;
  await using _released = opened;
  const { context } = opened;
  await look(
    found,
    'migrations',
    async () => await checkStore(context),
    () => 'up to date',
  );
  await look(
    found,
    'queues',
    async () => await runtime.checkQueues(context),
    () => (config.redisUrl === null ? 'in the store' : 'in Redis'),
  );
  await look(
    found,
    'mail',
    async () => await runtime.checkMail(),
    () => (config.smtpUrl === null ? 'captured; see /mailbox' : 'the server takes our login'),
  );
  if (found.every(({ state }) => state !== 'fail')) found.push(...(await lookAtWork(context)));
}

async function lookAtWork(context: AppContext): Promise<readonly Diagnosis[]> {
  const pending = await countPendingEffects(context);
  const work = pending.map(({ kind, due, oldestDueSeconds }): Diagnosis => {
    const stuck = oldestDueSeconds > STUCK_SECONDS;
    const remedy = stuck ? 'Is a worker running? Start one with: tributary start --roles worker' : '';
    return { name: `work: ${kind}`, state: stuck ? 'warn' : 'ok', detail: `${due} due`, remedy };
  });
  const providers = (await listProviders(context)).map((provider): Diagnosis => {
    const { name, lastError } = provider;
    const remedy = lastError === null ? '' : `Look closer: tributary provider test ${name}`;
    return {
      name: `provider`,
      state: lastError === null ? 'ok' : 'warn',
      detail: `${name}: ${lastError ?? 'no error'}`,
      remedy,
    };
  });
  return [...work, ...providers];
}
