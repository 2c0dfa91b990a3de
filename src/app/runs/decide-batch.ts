import type { SourceRecord } from '../../../connectors/contract/record.ts';
import { mapRecord } from '../../domain/mapping/map-record.ts';
import type { Mapped } from '../../domain/mapping/mapped-record.ts';
import { emailKey, usernameKey } from '../../domain/profiles/identifiers.ts';
import { decideRecord, isUnchanged } from '../../domain/runs/decide-record.ts';
import type { Change, Decision } from '../../domain/runs/decision.ts';
import type { KnownLink } from '../../domain/runs/known.ts';
import type { RunCounters } from '../../domain/runs/run.ts';
import { loadKnown, loadLinks } from '../../store/runs/load-known.ts';
import type { Transaction } from '../../store/transaction.ts';
import { KnownBatch } from './known-batch.ts';
import type { RunSession } from './run-session.ts';

export interface Decided {
  readonly decisions: readonly Decision[];
  /** Records whose fingerprint says that nothing happened; they were not even mapped. */
  readonly unchanged: number;
}

/**
 * Decides about a batch of records against the store as the transaction sees it.
 * `lock` keeps what was looked at from changing until the transaction ends.
 */
export async function decideBatch(
  session: RunSession,
  tx: Transaction,
  batch: { readonly records: readonly SourceRecord[]; readonly lock: boolean },
): Promise<Decided> {
  const { rules, context } = session;
  const recordKeys = batch.records.map((record) => record.key);
  const scope = { providerId: rules.providerId, recordKeys, lock: batch.lock };
  const links = await loadLinks(tx, scope);
  const news = batch.records.filter((record) => !isUnchangedRecord(links, record, rules.mappedBy));
  const unchanged = batch.records.length - news.length;
  if (news.length === 0) return { decisions: [], unchanged };
  const mapped = news.map((record) => mapRecord(rules.definition, record));
  const stored = await loadKnown(tx, {
    ...scope,
    recordKeys: news.map((record) => record.key),
    ...namesOf(mapped),
  });
  const known = new KnownBatch(stored, context.keyring);
  return { decisions: mapped.map((record) => decideRecord(record, known, rules)), unchanged };
}

function isUnchangedRecord(
  links: ReadonlyMap<string, KnownLink>,
  record: SourceRecord,
  mappedBy: string,
): boolean {
  return isUnchanged(links.get(record.key), record.fingerprint, mappedBy);
}

function namesOf(mapped: readonly Mapped[]): { usernameKeys: string[]; emailKeys: string[] } {
  const fields = mapped.flatMap((record) => (record.ok ? [record.record.fields] : []));
  return {
    usernameKeys: fields.map(({ username }) => usernameKey(username)),
    emailKeys: fields.flatMap(({ email }) => (email === null ? [] : [emailKey(email)])),
  };
}

/** The decisions that ask for something to be written. */
export function changesOf(decisions: readonly Decision[]): readonly Change[] {
  return decisions.filter(
    (decision): decision is Change => decision.kind !== 'unchanged' && decision.kind !== 'fault',
  );
}

/** The decisions that say why a record cannot be used. */
export function faultsOf(decisions: readonly Decision[]): readonly Extract<Decision, { kind: 'fault' }>[] {
  return decisions.filter((decision) => decision.kind === 'fault');
}

/** How a batch counts. A change that alters nothing of the profile only refreshes its link, and counts as unchanged. */
export function countDecisions(decisions: readonly Decision[]): Partial<RunCounters> {
  const changes = changesOf(decisions);
  const of = (kind: Change['kind']): number =>
    changes.filter((change) => change.kind === kind && alters(change)).length;
  return {
    created: of('create'),
    linked: of('link'),
    updated: of('update'),
    returned: of('return'),
    unchanged:
      decisions.filter((decision) => decision.kind === 'unchanged').length +
      changes.filter((change) => !alters(change)).length,
    errors: faultsOf(decisions).length,
    emails: changes.filter((change) => change.outcome.invite).length,
  };
}

function alters(change: Change): boolean {
  return change.kind !== 'update' || change.outcome.invite || Object.keys(change.changes).length > 0;
}
