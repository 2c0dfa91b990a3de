import type { Transaction } from '../transaction.ts';

export interface AuditEntry {
  /** bigint as text, without gaps. */
  readonly seq: string;
  /** ISO 8601 with microseconds, as it is chained. */
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface ChainedAuditEntry extends AuditEntry {
  readonly chain: Buffer;
}

const COLUMNS = `seq, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, actor, action, subject, detail`;

export interface AuditFilter {
  readonly actor?: string | undefined;
  /** `provider.apply`, or `provider` for everything that begins with `provider.`. */
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  /** From this moment on. */
  readonly since?: Date | undefined;
  /** Before this moment. */
  readonly until?: Date | undefined;
  /** Which end comes first; the newest by default. */
  readonly sort?: 'newest' | 'oldest' | undefined;
  /** The number of the last one seen. */
  readonly after?: string | undefined;
  readonly limit: number;
}

export async function listAudit(tx: Transaction, filter: AuditFilter): Promise<readonly AuditEntry[]> {
  const [beyond, direction] = filter.sort === 'oldest' ? ['>', 'ASC'] : ['<', 'DESC'];
  return await tx.query<AuditEntry[]>(
    `SELECT ${COLUMNS} FROM audit_entries
     WHERE ($1::text IS NULL OR actor = $1)
       AND ($2::text IS NULL OR action = $2 OR starts_with(action, $2 || '.'))
       AND ($3::text IS NULL OR subject = $3) AND ($4::bigint IS NULL OR seq ${beyond} $4)
       AND ($6::timestamptz IS NULL OR at >= $6) AND ($7::timestamptz IS NULL OR at < $7)
     ORDER BY seq ${direction} LIMIT $5`,
    [
      filter.actor ?? null,
      filter.action ?? null,
      filter.subject ?? null,
      filter.after ?? null,
      filter.limit,
      filter.since ?? null,
      filter.until ?? null,
    ],
  );
}

/** Whether somebody has done just this within the last minutes. */
export async function wasNoted(
  tx: Transaction,
  entry: Pick<AuditEntry, 'actor' | 'action' | 'subject'>,
  minutes: number,
): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `SELECT 1 FROM audit_entries WHERE subject = $1 AND actor = $2 AND action = $3
       AND at > now() - make_interval(mins => $4) LIMIT 1`,
    [entry.subject, entry.actor, entry.action, minutes],
  );
  return rows.length > 0;
}

/** In the order of the chain, after `after`. */
export async function readAuditChain(
  tx: Transaction,
  after: string,
  limit: number,
): Promise<readonly ChainedAuditEntry[]> {
  return await tx.query<ChainedAuditEntry[]>(
    `SELECT ${COLUMNS}, chain FROM audit_entries WHERE seq > $1::bigint ORDER BY seq LIMIT $2`,
    [after, limit],
  );
}

/** The end of the log as the store remembers it. */
export interface AuditHead {
  readonly seq: string;
  /** Null from a version that sealed no heads. */
  readonly seal: Buffer | null;
  /** Of the installation key that the log is chained with; null from a version that named none. */
  readonly keyId: string | null;
}

/** @returns null when even that is gone. */
export async function readAuditHead(tx: Transaction): Promise<AuditHead | null> {
  const rows = await tx.query<AuditHead[]>('SELECT seq, seal, key_id AS "keyId" FROM audit_head');
  return rows[0] ?? null;
}

/** The newest entry; null for an empty log. */
export async function readLastEntry(
  tx: Transaction,
): Promise<{ readonly seq: string; readonly chain: Buffer } | null> {
  const rows = await tx.query<{ seq: string; chain: Buffer }[]>(
    'SELECT seq, chain FROM audit_entries ORDER BY seq DESC LIMIT 1',
  );
  return rows[0] ?? null;
}
