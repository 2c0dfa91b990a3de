import { Secret } from '../../../connectors/contract/secret.ts';
import type { PushFault, PushMessage, TextColumns } from '../../domain/push/message.ts';
import { readColumns, readKey } from '../../domain/push/read-columns.ts';
import { AppError, type Problem } from '../../kernel/errors.ts';
import type { PushEndpoint } from '../../store/push/endpoint.ts';
import {
  appendPushed,
  beginSet,
  countSet,
  dropRecords,
  endSet,
  keepRecords,
} from '../../store/push/write-pushed.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';
import { recordBinding } from './inbox.ts';

export interface Taken {
  readonly accepted: number;
  readonly problems: readonly Problem[];
  /** A complete set has ended: what was not in it does not exist. */
  readonly complete: boolean;
}

interface Taking<M extends PushMessage = PushMessage> {
  readonly endpoint: PushEndpoint;
  readonly message: M;
}

type Message<K extends PushMessage['kind']> = Extract<PushMessage, { kind: K }>;

/**
 * Writes down what one post says. For a provider whose database we read ourselves
 * everything is a hint: which records to read again, whatever came with them.
 */
export async function takeMessage(context: AppContext, tx: Transaction, taking: Taking): Promise<Taken> {
  const { endpoint, message } = taking;
  const pushOnly = endpoint.connector === 'push';
  if (message.kind === 'records') return await takeRecords(context, tx, { endpoint, message });
  if (message.kind === 'deletions') return await takeKeys(tx, { endpoint, message }, pushOnly);
  if (message.kind === 'hints') {
    if (pushOnly) throw notReadable(endpoint);
    return await takeKeys(tx, { endpoint, message }, false);
  }
  if (!pushOnly) throw setNotKept(endpoint);
  return message.kind === 'begin'
    ? await takeBegin(tx, { endpoint, message })
    : await takeEnd(context, tx, { endpoint, message });
}

async function takeRecords(
  { keyring }: AppContext,
  tx: Transaction,
  { endpoint, message }: Taking<Message<'records'>>,
): Promise<Taken> {
  const { providerId, definition, connector, setId } = endpoint;
  if (message.set !== null && connector === 'push' && message.set !== setId) throw setNotOpen(message.set);
  const read = message.records.map((record) => readColumns(record, definition.source.key));
  const problems = read.flatMap((each, index) =>
    each.ok ? [] : problemsAt(`records[${index}]`, each.faults),
  );
  // The last one wins where a record comes twice.
  const good = new Map(read.flatMap((each) => (each.ok ? [[each.key, each.columns] as const] : [])));
  if (connector === 'push') {
    const records = [...good].map(([key, columns]) => ({
      key,
      sealed: keyring.seal(asSecret(columns), recordBinding(providerId, key)),
    }));
    await keepRecords(tx, providerId, { records, setId: message.set });
  }
  await appendPushed(tx, providerId, [...good.keys()]);
  return { accepted: read.filter(({ ok }) => ok).length, problems, complete: false };
}

async function takeKeys(
  tx: Transaction,
  { endpoint, message }: Taking<Message<'deletions' | 'hints'>>,
  drop: boolean,
): Promise<Taken> {
  const { providerId, definition } = endpoint;
  const read = message.keys.map((key) => readKey(key, definition.source.key));
  const problems = read.flatMap((each, index) =>
    each.ok ? [] : problemsAt(`${message.kind}[${index}]`, each.faults),
  );
  const keys = read.flatMap((each) => (each.ok ? [each.key] : []));
  if (drop) await dropRecords(tx, providerId, keys);
  await appendPushed(tx, providerId, keys);
  return { accepted: keys.length, problems, complete: false };
}

async function takeBegin(tx: Transaction, { endpoint, message }: Taking<Message<'begin'>>): Promise<Taken> {
  await beginSet(tx, endpoint.providerId, message.set);
  return { accepted: 0, problems: [], complete: false };
}

async function takeEnd(
  { logger }: AppContext,
  tx: Transaction,
  { endpoint, message }: Taking<Message<'end'>>,
): Promise<Taken> {
  const { providerId, setId, name } = endpoint;
  if (message.set !== setId) throw setNotOpen(message.set);
  const count = await countSet(tx, providerId, message.set);
  if (count !== message.records) throw setIncomplete(message, count);
  const removed = await endSet(tx, providerId, message.set);
  logger.info('a complete set was pushed', { provider: name, records: count, removed });
  return { accepted: 0, problems: [], complete: true };
}

function asSecret(columns: TextColumns): Secret {
  return new Secret(JSON.stringify(Object.fromEntries(columns)));
}

function problemsAt(path: string, faults: readonly PushFault[]): readonly Problem[] {
  return faults.map(({ column, ...fault }) => ({
    path: column === '' ? path : `${path}.${column}`,
    ...fault,
  }));
}

function notReadable({ name }: PushEndpoint): AppError {
  return new AppError({
    kind: 'invalid',
    code: 'HINTS_NOT_POSSIBLE',
    message: `${name} has no database that Tributary could read: a hint says nothing.`,
    remedy: 'Send the records themselves, in records.',
  });
}

function setNotKept({ name }: PushEndpoint): AppError {
  return new AppError({
    kind: 'invalid',
    code: 'SET_NOT_POSSIBLE',
    message: `Tributary reads ${name} itself; a complete set would tell it nothing.`,
    remedy: 'Send hints, and schedule changes.full for what is gone.',
  });
}

function setNotOpen(set: string): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'SET_NOT_OPEN',
    message: `The set ${set} has not begun, has ended, or another has begun since.`,
    remedy: 'Begin it, and send all of its records again.',
  });
}

function setIncomplete({ set, records }: Message<'end'>, count: number): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'SET_INCOMPLETE',
    message: `The set ${set} is said to have ${records} records, and ${count} have come; nothing was removed.`,
    remedy: 'Send the missing records with this set, then end it again.',
  });
}
