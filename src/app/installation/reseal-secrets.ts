import { AppError } from '../../kernel/errors.ts';
import { readSealed, type SealedRow } from '../../store/installation/read-sealed.ts';
import { replaceSealed, type Resealed } from '../../store/installation/replace-sealed.ts';
import { SEALED_COLUMNS, type SealedColumnName } from '../../store/installation/sealed-columns.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import type { AppContext } from '../context.ts';
import { rotateAuditKey } from './audit-chain.ts';
import { SEALED_BINDINGS } from './sealed-bindings.ts';

export interface ResealReport {
  /** Names the key that everything is sealed with now. */
  readonly keyId: string;
  /** How many secrets were sealed anew. */
  readonly resealed: number;
  /** Of those that no key of ours opens: `table.column`, and how many. */
  readonly unreadable: readonly { readonly column: string; readonly count: number }[];
}

export interface ResealOptions {
  readonly actor: string;
  /** Go on although nobody has a key any more: what it sealed stays unreadable, and entries it chained cannot be verified. */
  readonly acceptLoss: boolean;
  readonly signal: AbortSignal;
  /** Told after each batch how many were sealed anew so far. */
  readonly onProgress: (resealed: number) => void;
}

const BATCH = 500;

/**
 * Seals every secret of the store with the present key, and has the audit log go on
 * with it. May be stopped anywhere and started again; doing it again changes nothing.
 * What is sealed meanwhile by a process with another present key is found by the next call.
 *
 * Rejects with the signal's reason when aborted, after a whole batch.
 *
 * @throws AppError `SECRET_KEY_OUTDATED` when the key of the audit log is not here (unless loss is accepted), `SECRET_KEY_USED`.
 */
export async function resealSecrets(
  context: Pick<AppContext, 'store' | 'keyring'>,
  options: ResealOptions,
): Promise<ResealReport> {
  const { store, keyring } = context;
  // First: a key that the log refuses is not to seal anything.
  const rotated = await store.transaction(
    async (tx) => await rotateAuditKey(context, tx, options.acceptLoss),
  );
  const unreadable: { column: string; count: number }[] = [];
  let resealed = 0;
  for (const name of Object.keys(SEALED_COLUMNS) as SealedColumnName[]) {
    const { table, column } = SEALED_COLUMNS[name];
    let unread = 0;
    for await (const batch of resealColumn(context, name)) {
      resealed += batch.resealed;
      unread += batch.unreadable;
      options.onProgress(resealed);
      options.signal.throwIfAborted();
    }
    if (unread > 0) unreadable.push({ column: `${table}.${column}`, count: unread });
  }
  const report = { keyId: keyring.keyId, resealed, unreadable };
  if (rotated || resealed > 0)
    await store.transaction(async (tx) => {
      const detail = { resealed, unreadable };
      const { actor } = options;
      await appendAudit(tx, keyring, { actor, action: 'secret-key.reseal', subject: keyring.keyId, detail });
    });
  return report;
}

interface Batch {
  readonly resealed: number;
  readonly unreadable: number;
}

async function* resealColumn(
  { store, keyring }: Pick<AppContext, 'store' | 'keyring'>,
  name: SealedColumnName,
): AsyncGenerator<Batch, void, undefined> {
  const header = keyring.sealedHeader;
  for (let after: readonly string[] | null = null; ;) {
    const rows = await readSealed(store.read, name, { header, after, limit: BATCH });
    const anew = rows.map((row) => reseal(keyring, name, row)).filter((one) => one !== null);
    yield {
      resealed: anew.length === 0 ? 0 : await replaceSealed(store.read, name, anew),
      unreadable: rows.length - anew.length,
    };
    after = rows.at(-1)?.row ?? null;
    if (rows.length < BATCH) return;
  }
}

function reseal(
  keyring: AppContext['keyring'],
  name: SealedColumnName,
  { row, sealed }: SealedRow,
): Resealed | null {
  const [id = '', key = ''] = row;
  const binding = SEALED_BINDINGS[name](id, key);
  try {
    return { row, before: sealed, after: keyring.seal(keyring.open(sealed, binding), binding) };
  } catch (error) {
    if (error instanceof AppError && error.code === 'SECRET_UNREADABLE') return null;
    throw error;
  }
}
