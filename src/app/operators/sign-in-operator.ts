import { randomBytes } from 'node:crypto';
import { Secret } from '../../../connectors/contract/secret.ts';
import { usernameKey } from '../../domain/profiles/identifiers.ts';
import { hashToken } from '../../kernel/keyring.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import { insertOperatorSession } from '../../store/operators/operator-sessions.ts';
import {
  findOperatorByName,
  lockOperator,
  noteOperatorSignIn,
  setOperatorPassword,
  type OperatorRow,
} from '../../store/operators/operators.ts';
import type { Counter } from '../../store/passwords/count-attempts.ts';
import { forgiveAttempts } from '../../store/passwords/forgive-attempts.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';
import { beginRefusal } from '../passwords/answer-time.ts';
import type { Visitor } from '../passwords/begin-session.ts';
import { hashIfRoom } from '../passwords/hash-if-room.ts';
import { makeAttempt } from '../passwords/make-attempt.ts';
import { takeCode } from './check-second-factor.ts';
import { operatorAddressCounter, operatorCounter } from './operator-counters.ts';
import { operatorPasswordBinding } from './operator-password.ts';

export interface OperatorSignIn {
  readonly name: string;
  readonly password: Secret;
  /** Of the authenticator, or a recovery code; null when none was asked for yet. */
  readonly code: Secret | null;
  readonly visitor: Visitor;
}

export type OperatorSignInOutcome =
  /** `session` is the cookie's value; the store keeps its hash. */
  | { readonly outcome: 'signed-in'; readonly session: Secret; readonly name: string }
  /** The password was right; a code is needed too. Nothing has begun. */
  | { readonly outcome: 'code-required' }
  /** One answer, after one time, for every reason there is. */
  | { readonly outcome: 'refused' };

const TOKEN_BYTES = 32;
const REFUSED: OperatorSignInOutcome = { outcome: 'refused' };

/**
 * Signs an operator in. The attempt is counted before anything is verified, per
 * operator and per address, and a wrong code counts like a wrong password.
 *
 * @throws AppError `HASHING_BUSY` when too many sign in at once; the attempt does not count then.
 */
export async function signInOperator(
  context: AppContext,
  input: OperatorSignIn,
): Promise<OperatorSignInOutcome> {
  const longEnough = beginRefusal(context.passwords);
  const operator = await findOperatorByName(context.store.read, usernameKey(input.name.trim()));
  const account = operatorCounter(operator?.id ?? null, input.name);
  const counters = [account, operatorAddressCounter(input.visitor.address)];
  const outdated = await makeAttempt(
    context,
    counters,
    async (allowed) => await verify(context, allowed ? operator : null, input.password),
  );
  const outcome =
    operator === null || outdated === null
      ? REFUSED
      : await admit(context, { operator, input, counters, outdated });
  context.logger.info('operator sign-in', { operator: operator?.name ?? null, outcome: outcome.outcome });
  if (outcome.outcome === 'refused') {
    if (operator !== null) await noteRefused(context, operator.name, input.visitor);
    await longEnough();
  }
  return outcome;
}

/** @returns null unless the password is right; otherwise whether its hash is weaker than today's. */
async function verify(
  context: AppContext,
  operator: OperatorRow | null,
  password: Secret,
): Promise<boolean | null> {
  if (operator?.password == null || operator.disabledAt !== null) {
    await context.passwords.waste(password);
    return null;
  }
  const stored = context.keyring.open(operator.password, operatorPasswordBinding(operator.id));
  const { result, outdated } = await context.passwords.verify(password, stored);
  return result === 'match' ? outdated : null;
}

async function admit(
  context: AppContext,
  about: {
    readonly operator: OperatorRow;
    readonly input: OperatorSignIn;
    readonly counters: readonly Counter[];
    readonly outdated: boolean;
  },
): Promise<OperatorSignInOutcome> {
  const { id, name } = about.operator;
  const { code, password, visitor } = about.input;
  const rehashed = about.outdated ? await hashIfRoom(context.passwords, password) : null;
  return await context.store.transaction(async (tx) => {
    const operator = await lockUnchanged(tx, about.operator);
    if (operator === null) return REFUSED;
    const factor = await takeFactor(context, tx, { operator, code });
    if (factor === null) return REFUSED;
    if (factor === 'missing') {
      await forgiveAttempts(tx, { takeBack: about.counters });
      return { outcome: 'code-required' };
    }
    const [account, ...others] = about.counters;
    await forgiveAttempts(tx, { reset: account === undefined ? [] : [account], takeBack: others });
    if (rehashed !== null) {
      const sealed = context.keyring.seal(rehashed, operatorPasswordBinding(id));
      await setOperatorPassword(tx, id, sealed);
    }
    await noteOperatorSignIn(tx, id);
    const session = new Secret(randomBytes(TOKEN_BYTES).toString('base64url'));
    await insertOperatorSession(tx, { operatorId: id, tokenHash: hashToken(session.reveal()), ...visitor });
    const detail = { address: visitor.address, secondFactor: factor };
    await appendAudit(tx, context.keyring, {
      actor: name,
      action: 'operator.sign-in',
      subject: name,
      detail,
    });
    return { outcome: 'signed-in', session, name };
  });
}

/** Null when the password, or whether they may come in, has changed since it was verified. */
async function lockUnchanged(tx: Transaction, verified: OperatorRow): Promise<OperatorRow | null> {
  const operator = await lockOperator(tx, verified.id);
  const same = operator?.password != null && verified.password?.equals(operator.password) === true;
  return same && operator.disabledAt === null ? operator : null;
}

/** @returns `missing` when a code is needed and none was given; null when the one given is not good. */
async function takeFactor(
  context: AppContext,
  tx: Transaction,
  { operator, code }: { readonly operator: OperatorRow; readonly code: Secret | null },
): Promise<'none' | 'missing' | 'authenticator' | 'recovery' | null> {
  if (operator.secondFactorSince === null) return 'none';
  return code === null ? 'missing' : await takeCode(context, tx, { operator, code });
}

async function noteRefused(context: AppContext, name: string, visitor: Visitor): Promise<void> {
  const { address } = visitor;
  await context.store.transaction(async (tx) => {
    const entry = { actor: name, action: 'operator.sign-in-refused', subject: name, detail: { address } };
    await appendAudit(tx, context.keyring, entry);
  });
}
