import type { OperatorRole } from '../../domain/operators/scopes.ts';
import type { Transaction } from '../transaction.ts';

export interface OperatorRow {
  readonly id: string;
  readonly name: string;
  readonly role: OperatorRole;
  /** Where test e-mails go; nobody signs in with it. */
  readonly email: string | null;
  /** Sealed; binding `operators/password/<id>`. Null until the operator has followed the link. */
  readonly password: Buffer | null;
  readonly passwordSetAt: Date | null;
  /** Sealed; binding `operators/second_factor/<id>`. */
  readonly secondFactor: Buffer | null;
  /** Null: there is none, or it waits to be proven once. */
  readonly secondFactorSince: Date | null;
  /** The time step of the code that was taken last: it is not taken again. */
  readonly secondFactorStep: string | null;
  readonly lastSignInAt: Date | null;
  readonly disabledAt: Date | null;
  readonly createdAt: Date;
}

const COLUMNS = `id, name, role, email, password, password_set_at AS "passwordSetAt", second_factor AS "secondFactor",
  second_factor_since AS "secondFactorSince", second_factor_step AS "secondFactorStep",
  last_sign_in_at AS "lastSignInAt", disabled_at AS "disabledAt", created_at AS "createdAt"`;

export async function findOperatorByName(tx: Transaction, nameKey: string): Promise<OperatorRow | null> {
  const rows = await tx.query<OperatorRow[]>(`SELECT ${COLUMNS} FROM operators WHERE name_key = $1`, [
    nameKey,
  ]);
  return rows[0] ?? null;
}

export async function findOperatorById(tx: Transaction, id: string): Promise<OperatorRow | null> {
  const rows = await tx.query<OperatorRow[]>(`SELECT ${COLUMNS} FROM operators WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

/** As {@link findOperatorById}, and nobody else changes the row until the transaction ends. */
export async function lockOperator(tx: Transaction, id: string): Promise<OperatorRow | null> {
  const rows = await tx.query<OperatorRow[]>(`SELECT ${COLUMNS} FROM operators WHERE id = $1 FOR UPDATE`, [
    id,
  ]);
  return rows[0] ?? null;
}

/** By name. */
export async function listOperators(tx: Transaction): Promise<readonly OperatorRow[]> {
  return await tx.query<OperatorRow[]>(`SELECT ${COLUMNS} FROM operators ORDER BY name_key`);
}

export async function countOperators(tx: Transaction): Promise<number> {
  const [row] = await tx.query<{ count: number }[]>('SELECT count(*)::int AS count FROM operators');
  return row?.count ?? 0;
}

/** 7636277 is "operator" on nobody's keypad; it only has to be the same everywhere. */
const OPERATORS_LOCK = 7636277;

/**
 * Until the transaction ends nobody else passes here: two changes that each leave one admin must not leave none, and
 * nothing is made by whoever ends meanwhile.
 */
export async function lockOperators(tx: Transaction): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [OPERATORS_LOCK]);
}

/** How many admins besides these can sign in. */
export async function countOtherAdmins(tx: Transaction, ids: readonly string[]): Promise<number> {
  const [row] = await tx.query<{ count: number }[]>(
    `SELECT count(*)::int AS count FROM operators
     WHERE id <> ALL ($1) AND role = 'admin' AND disabled_at IS NULL AND password IS NOT NULL`,
    [ids],
  );
  return row?.count ?? 0;
}

/** Who is not disabled and chose their password by a link that one of these tokens made. By name. */
export async function listLetIn(
  tx: Transaction,
  tokenIds: readonly string[],
): Promise<readonly { readonly id: string; readonly name: string; readonly isAdmin: boolean }[]> {
  return await tx.query<{ id: string; name: string; isAdmin: boolean }[]>(
    `SELECT id, name, role = 'admin' AS "isAdmin" FROM operators
     WHERE let_in_with = ANY ($1) AND disabled_at IS NULL ORDER BY name_key`,
    [tokenIds],
  );
}

/** Notes by whose link an operator chose their password. @param tokenId the token that made it; null: none did. */
export async function noteLetIn(tx: Transaction, id: string, tokenId: string | null): Promise<void> {
  await tx.query('UPDATE operators SET let_in_with = $2 WHERE id = $1', [id, tokenId]);
}

/** @returns false when the name is taken. */
export async function insertOperator(
  tx: Transaction,
  operator: {
    readonly id: string;
    readonly name: string;
    readonly nameKey: string;
    readonly role: OperatorRole;
  },
): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `INSERT INTO operators (id, name, name_key, role) VALUES ($1, $2, $3, $4)
     ON CONFLICT (name_key) DO NOTHING RETURNING id`,
    [operator.id, operator.name, operator.nameKey, operator.role],
  );
  return rows.length === 1;
}

export async function setOperatorPassword(tx: Transaction, id: string, sealed: Buffer): Promise<void> {
  await tx.query(
    'UPDATE operators SET password = $2, password_set_at = now(), updated_at = now() WHERE id = $1',
    [id, sealed],
  );
}

export async function setOperatorEmail(tx: Transaction, id: string, email: string | null): Promise<void> {
  await tx.query('UPDATE operators SET email = $2, updated_at = now() WHERE id = $1', [id, email]);
}

export async function setOperatorRole(tx: Transaction, id: string, role: OperatorRole): Promise<void> {
  await tx.query('UPDATE operators SET role = $2, updated_at = now() WHERE id = $1', [id, role]);
}

export async function setOperatorDisabled(tx: Transaction, id: string, disabled: boolean): Promise<void> {
  await tx.query(
    `UPDATE operators SET disabled_at = CASE WHEN $2 THEN coalesce(disabled_at, now()) END, updated_at = now()
     WHERE id = $1`,
    [id, disabled],
  );
}

export async function noteOperatorSignIn(tx: Transaction, id: string): Promise<void> {
  await tx.query('UPDATE operators SET last_sign_in_at = now() WHERE id = $1', [id]);
}
