import { randomBytes } from 'node:crypto';
import { Secret as OtpSecret } from 'otpauth';
import { Secret } from '../../../connectors/contract/secret.ts';
import { needsSecondFactor } from '../../domain/operators/second-factor-rule.ts';
import { authenticatorUri, stepOfCode } from '../../domain/operators/time-code.ts';
import { AppError } from '../../kernel/errors.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import { deleteOperatorSessions } from '../../store/operators/operator-sessions.ts';
import { lockOperator, type OperatorRow } from '../../store/operators/operators.ts';
import { readClock } from '../../store/operators/read-clock.ts';
import {
  confirmSecondFactor as confirm,
  countRecoveryCodes as count,
  proposeSecondFactor as propose,
  removeSecondFactor as remove,
  replaceRecoveryCodes,
} from '../../store/operators/second-factors.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';
import type { Caller } from './caller.ts';
import { recoveryCodeHash, secondFactorBinding, takeCode } from './check-second-factor.ts';
import { provePassword } from './prove-password.ts';

type SessionCaller = Extract<Caller, { kind: 'session' }>;

export interface ProposedSecondFactor {
  /** In base 32, to be typed where no QR code can be read. */
  readonly secret: Secret;
  /** `otpauth://…`, for a QR code. */
  readonly uri: Secret;
}

/** 160 bits, as RFC 4226 recommends. */
const SECRET_BYTES = 20;
const CODES = 10;
/** 50 bits: not to be guessed within the attempts that are allowed. */
const CODE_BYTES = 10;
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789x';

/**
 * Makes a secret for an authenticator. It counts once a code of it has been shown.
 *
 * @throws AppError `PASSWORD_WRONG`, `SECOND_FACTOR_EXISTS`
 */
export async function proposeSecondFactor(
  context: AppContext,
  request: { readonly caller: SessionCaller; readonly password: Secret },
): Promise<ProposedSecondFactor> {
  const { operatorId, name } = request.caller;
  await provePassword(context, operatorId, request.password);
  const secret = new Secret(
    new OtpSecret({ buffer: new Uint8Array(randomBytes(SECRET_BYTES)).buffer }).base32,
  );
  const sealed = context.keyring.seal(secret, secondFactorBinding(operatorId));
  await context.store.transaction(async (tx) => {
    const operator = await mustLock(tx, operatorId);
    if (operator.secondFactorSince !== null) throw exists();
    await propose(tx, operatorId, sealed);
  });
  return { secret, uri: new Secret(authenticatorUri(secret, context.settings.productName, name)) };
}

/**
 * Takes the authenticator's first code: from now on sign-ins ask for one. Other
 * sessions end.
 *
 * @returns the recovery codes, shown this once; each is good for one sign-in.
 * @throws AppError `CODE_WRONG`, `SECOND_FACTOR_EXISTS`
 */
export async function confirmSecondFactor(
  context: AppContext,
  request: { readonly caller: SessionCaller; readonly code: Secret },
): Promise<readonly Secret[]> {
  const { operatorId, name, sessionId } = request.caller;
  return await context.store.transaction(async (tx) => {
    const { secondFactor, secondFactorSince } = await mustLock(tx, operatorId);
    if (secondFactorSince !== null) throw exists();
    if (secondFactor === null) throw wrongCode();
    const secret = context.keyring.open(secondFactor, secondFactorBinding(operatorId));
    const step = stepOfCode(secret, request.code.reveal().replaceAll(' ', ''), await readClock(tx));
    if (step === null) throw wrongCode();
    const codes = Array.from({ length: CODES }, makeCode);
    const codeHashes = codes.map((code) => recoveryCodeHash(operatorId, code));
    await confirm(tx, operatorId, { step, codeHashes });
    await deleteOperatorSessions(tx, operatorId, { except: sessionId });
    await appendAudit(tx, context.keyring, {
      actor: name,
      action: 'operator.second-factor',
      subject: name,
      detail: { set: true },
    });
    return codes.map((code) => new Secret(code));
  });
}

/** Who wants to change a second factor shows both factors. */
interface Proof {
  readonly caller: SessionCaller;
  readonly password: Secret;
  readonly code: Secret;
}

/** How many recovery codes have not been used. */
export async function countRecoveryCodes(
  context: Pick<AppContext, 'store'>,
  operatorId: string,
): Promise<number> {
  return await count(context.store.read, operatorId);
}

/**
 * Makes new recovery codes; the earlier ones end.
 *
 * @throws AppError `PASSWORD_WRONG`, or `CODE_WRONG` unless a code is shown that is good now.
 */
export async function renewRecoveryCodes(context: AppContext, request: Proof): Promise<readonly Secret[]> {
  const { operatorId, name } = request.caller;
  await provePassword(context, operatorId, request.password);
  return await context.store.transaction(async (tx) => {
    const operator = await mustLock(tx, operatorId);
    if ((await takeCode(context, tx, { operator, code: request.code })) === null) throw wrongCode();
    const codes = Array.from({ length: CODES }, makeCode);
    await replaceRecoveryCodes(
      tx,
      operatorId,
      codes.map((code) => recoveryCodeHash(operatorId, code)),
    );
    await appendAudit(tx, context.keyring, {
      actor: name,
      action: 'operator.recovery-codes',
      subject: name,
      detail: {},
    });
    return codes.map((code) => new Secret(code));
  });
}

/**
 * @throws AppError `PASSWORD_WRONG`, `CODE_WRONG` unless a code is shown that is good now, or `SECOND_FACTOR_KEPT` where
 *   the installation asks for a second factor.
 */
export async function dropSecondFactor(context: AppContext, request: Proof): Promise<void> {
  const { operatorId, name, role } = request.caller;
  if (needsSecondFactor(context.settings.secondFactor ?? 'optional', role)) throw kept();
  await provePassword(context, operatorId, request.password);
  await context.store.transaction(async (tx) => {
    const operator = await mustLock(tx, operatorId);
    if ((await takeCode(context, tx, { operator, code: request.code })) === null) throw wrongCode();
    await remove(tx, operatorId);
    await appendAudit(tx, context.keyring, {
      actor: name,
      action: 'operator.second-factor',
      subject: name,
      detail: { set: false },
    });
  });
}

async function mustLock(tx: Transaction, operatorId: string): Promise<OperatorRow> {
  const operator = await lockOperator(tx, operatorId);
  if (operator === null) throw new Error('operators are never removed');
  return operator;
}

/** `abcde-fghjk`, from 32 signs that are not mistaken for each other. */
function makeCode(): string {
  const signs = [...randomBytes(CODE_BYTES)].map((byte) => ALPHABET[byte % ALPHABET.length] ?? '');
  return `${signs.slice(0, 5).join('')}-${signs.slice(5).join('')}`;
}

function wrongCode(): AppError {
  return new AppError({
    kind: 'invalid',
    code: 'CODE_WRONG',
    message: 'The code is not right.',
    remedy: 'Wait for the next code of the authenticator, and check that the clock of its device is right.',
  });
}

function kept(): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'SECOND_FACTOR_KEPT',
    message: 'This installation asks for a second factor.',
    remedy: 'For another device, ask an admin for a link that drops the present one.',
  });
}

function exists(): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'SECOND_FACTOR_EXISTS',
    message: 'There is a second factor already.',
    remedy: 'Remove it first.',
  });
}
