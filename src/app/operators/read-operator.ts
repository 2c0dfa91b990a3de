import type { OperatorRole } from '../../domain/operators/scopes.ts';
import { needsSecondFactor } from '../../domain/operators/second-factor-rule.ts';
import { usernameKey } from '../../domain/profiles/identifiers.ts';
import { missing } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import {
  findOperatorById,
  findOperatorByName,
  listOperators as selectOperators,
  type OperatorRow,
} from '../../store/operators/operators.ts';
import type { AppContext } from '../context.ts';

/** An operator as they are shown: nothing that lets anybody in. */
export interface ShownOperator {
  readonly id: string;
  readonly name: string;
  readonly role: OperatorRole;
  /** `invited`: has not followed the link yet. */
  readonly state: 'active' | 'invited' | 'disabled';
  /** Where test e-mails go; null when the operator has not said. */
  readonly email: string | null;
  readonly secondFactorSince: Date | null;
  /** The installation asks for one. */
  readonly secondFactorNeeded: boolean;
  readonly lastSignInAt: Date | null;
  readonly createdAt: Date;
}

type ReadContext = Pick<AppContext, 'store' | 'settings'>;

/** @param who an operator's id, or name. @throws AppError `OPERATOR_NOT_FOUND` */
export async function readOperator(context: ReadContext, who: string): Promise<ShownOperator> {
  const { read } = context.store;
  const row = isId(who)
    ? await findOperatorById(read, who)
    : await findOperatorByName(read, usernameKey(who));
  if (row === null) throw missing('operator', who, 'List them with: bin/tributary operator list');
  return shown(context, row);
}

/** By name. */
export async function listOperators(context: ReadContext): Promise<readonly ShownOperator[]> {
  return (await selectOperators(context.store.read)).map((row) => shown(context, row));
}

function shown({ settings }: ReadContext, row: OperatorRow): ShownOperator {
  const { id, name, role, email, secondFactorSince, lastSignInAt, createdAt } = row;
  const state = row.disabledAt !== null ? 'disabled' : row.password === null ? 'invited' : 'active';
  const secondFactorNeeded = needsSecondFactor(settings.secondFactor ?? 'optional', role);
  return { id, name, role, state, email, secondFactorSince, secondFactorNeeded, lastSignInAt, createdAt };
}
