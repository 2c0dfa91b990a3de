import { countSealed } from '../../store/installation/count-sealed.ts';
import { SEALED_COLUMNS, type SealedColumnName } from '../../store/installation/sealed-columns.ts';
import { readQueuedLinks } from '../../store/mail/read-queued-links.ts';
import { readAuditHead } from '../../store/operators/read-audit.ts';
import type { AppContext } from '../context.ts';
import { storedTokenText } from '../passwords/token-text.ts';

/** One installation key, and what hangs on it. */
export interface ShownKey {
  readonly keyId: string;
  /** `unknown`: something was sealed with it, and it is not configured. */
  readonly state: 'present' | 'accepted' | 'unknown';
  /** How many secrets of the store were sealed with it. */
  readonly secrets: number;
  /** Links whose e-mail waits for another attempt, which needs the key to carry the same link. */
  readonly links: number;
  /** Whether the audit log goes on with it. */
  readonly audit: boolean;
}

const PAGE = 5_000;

/** The present key first, then those that are accepted, then those that are only known from what they sealed. Reads every sealed secret's header. */
export async function showKeys(context: Pick<AppContext, 'store' | 'keyring'>): Promise<readonly ShownKey[]> {
  const { keyring, store } = context;
  const secrets = new Map<string, number>(keyring.keyIds.map((keyId) => [keyId, 0]));
  for (const name of Object.keys(SEALED_COLUMNS) as SealedColumnName[])
    for (const { keyId, count } of await countSealed(store.read, name))
      secrets.set(keyId, (secrets.get(keyId) ?? 0) + count);
  const head = await readAuditHead(store.read);
  if (head?.keyId != null && !secrets.has(head.keyId)) secrets.set(head.keyId, 0);
  const links = await countLinks(context);
  return [...secrets].map(([keyId, count]) => ({
    keyId,
    state: stateOf(context, keyId),
    secrets: count,
    links: links.get(keyId) ?? 0,
    audit: head?.keyId === keyId,
  }));
}

function stateOf({ keyring }: Pick<AppContext, 'keyring'>, keyId: string): ShownKey['state'] {
  if (keyId === keyring.keyId) return 'present';
  return keyring.keyIds.includes(keyId) ? 'accepted' : 'unknown';
}

/** Links of keys that are not here count for nobody: they are made anew. */
async function countLinks({
  store,
  keyring,
}: Pick<AppContext, 'store' | 'keyring'>): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (let after: string | null = null; ;) {
    const page = await readQueuedLinks(store.read, after, PAGE);
    for (const link of page) {
      const keyId = storedTokenText(keyring, link)?.keyId;
      if (keyId !== undefined) counts.set(keyId, (counts.get(keyId) ?? 0) + 1);
    }
    after = page.at(-1)?.emailId ?? null;
    if (page.length < PAGE) return counts;
  }
}
