import type { Inbox, InboxRecord } from '../../../connectors/contract/inbox.ts';
import type { RecordKey } from '../../../connectors/contract/record.ts';
import {
  countPushedRecords,
  findPushedRecords,
  pagePushedRecords,
  type PushedRecord,
} from '../../store/push/read-pushed-records.ts';
import { hasPushKey } from '../../store/push/endpoint.ts';
import type { AppContext } from '../context.ts';

/** What a pushed record is bound to when sealed. */
export function recordBinding(providerId: string, recordKey: string): string {
  return `pushed_records/record/${providerId}/${recordKey}`;
}

/** What the provider of that name has pushed; empty while nobody of that name is registered. */
export function openInbox(context: Pick<AppContext, 'store' | 'keyring'>, provider: string): Inbox {
  const { store, keyring } = context;
  const open = ({ providerId, recordKey, record }: PushedRecord): InboxRecord => ({
    key: recordKey as RecordKey,
    columns: keyring.open(record, recordBinding(providerId, recordKey)),
  });
  return {
    page: async (after, limit, signal) => {
      signal.throwIfAborted();
      return (await pagePushedRecords(store.read, provider, { after: after ?? '', limit })).map(open);
    },
    get: async (keys, signal) => {
      signal.throwIfAborted();
      return (await findPushedRecords(store.read, provider, keys)).map(open);
    },
    count: async () => await countPushedRecords(store.read, provider),
    hasKey: async () => await hasPushKey(store.read, provider),
  };
}
