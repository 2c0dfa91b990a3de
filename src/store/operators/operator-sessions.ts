import type { OperatorRole } from '../../domain/operators/scopes.ts';
import { newId } from '../../kernel/ids.ts';
import type { Transaction } from '../transaction.ts';

/** NIST 800-63B-4 section 2.2: at most 24 hours, and one hour without use. A working day is shorter. */
const LONGEST_HOURS = 12;
const IDLE_MINUTES = 60;
const MAX_USER_AGENT = 300;

export interface NewOperatorSession {
  readonly operatorId: string;
  /** SHA-256 of the cookie's value. */
  readonly tokenHash: Buffer;
  readonly address: string;
  readonly userAgent: string | null;
}

export async function insertOperatorSession(tx: Transaction, session: NewOperatorSession): Promise<string> {
  const id = newId();
  await tx.query(
    `INSERT INTO operator_sessions (id, operator_id, token_hash, address, user_agent, expires_at)
     VALUES ($1, $2, $3, $4, $5, now() + make_interval(hours => $6))`,
    [
      id,
      session.operatorId,
      session.tokenHash,
      session.address,
      session.userAgent?.slice(0, MAX_USER_AGENT) ?? null,
      LONGEST_HOURS,
    ],
  );
  return id;
}

export interface FoundOperatorSession {
  readonly sessionId: string;
  readonly operatorId: string;
  readonly name: string;
  readonly role: OperatorRole;
  readonly secondFactor: boolean;
}

/** A session that is good now, of an operator who is not disabled. Notes that it was used, at most once a minute. */
export async function findOperatorSession(
  tx: Transaction,
  tokenHash: Buffer,
): Promise<FoundOperatorSession | null> {
  const rows = await tx.query<(FoundOperatorSession & { noted: boolean })[]>(
    `SELECT session.id AS "sessionId", operator.id AS "operatorId", operator.name, operator.role,
            operator.second_factor_since IS NOT NULL AS "secondFactor",
            session.seen_at > now() - interval '1 minute' AS noted
     FROM operator_sessions session JOIN operators operator ON operator.id = session.operator_id
     WHERE session.token_hash = $1 AND session.expires_at > now()
       AND session.seen_at > now() - make_interval(mins => $2) AND operator.disabled_at IS NULL`,
    [tokenHash, IDLE_MINUTES],
  );
  const [found] = rows;
  if (found === undefined) return null;
  const { noted, ...session } = found;
  if (!noted)
    await tx.query('UPDATE operator_sessions SET seen_at = now() WHERE id = $1', [session.sessionId]);
  return session;
}

export interface ListedOperatorSession {
  readonly id: string;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  /** To the minute. */
  readonly seenAt: Date;
  readonly expiresAt: Date;
}

/** Those that are good now, newest first. */
export async function listOperatorSessions(
  tx: Transaction,
  operatorId: string,
): Promise<readonly ListedOperatorSession[]> {
  return await tx.query<ListedOperatorSession[]>(
    `SELECT id, address, user_agent AS "userAgent", created_at AS "createdAt", seen_at AS "seenAt",
            expires_at AS "expiresAt"
     FROM operator_sessions
     WHERE operator_id = $1 AND expires_at > now() AND seen_at > now() - make_interval(mins => $2)
     ORDER BY created_at DESC`,
    [operatorId, IDLE_MINUTES],
  );
}

/**
 * Ends sessions of an operator.
 *
 * @param which one by its id; every one `except` this, null for every one.
 * @returns how many ended.
 */
export async function deleteOperatorSessions(
  tx: Transaction,
  operatorId: string,
  which: { readonly id: string } | { readonly except: string | null },
): Promise<number> {
  const one = 'id' in which ? which.id : null;
  const except = 'id' in which ? null : which.except;
  const [, count] = await tx.query<[unknown, number]>(
    `DELETE FROM operator_sessions WHERE operator_id = $1 AND ($2::uuid IS NULL OR id = $2)
       AND ($3::uuid IS NULL OR id <> $3)`,
    [operatorId, one, except],
  );
  return count;
}

/** Removes sessions and links that nobody can use again, and remembered answers of the day before. */
export async function removeExpiredOperatorAccess(tx: Transaction): Promise<void> {
  await tx.query(
    `DELETE FROM operator_sessions WHERE expires_at < now() OR seen_at < now() - make_interval(mins => $1)`,
    [IDLE_MINUTES],
  );
  await tx.query(`DELETE FROM operator_links WHERE expires_at < now() - interval '7 days'`);
  await tx.query(`DELETE FROM idempotency_keys WHERE created_at < now() - interval '24 hours'`);
}
