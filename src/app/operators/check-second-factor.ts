import { createHash } from 'node:crypto';
import type { Secret } from '../../../connectors/contract/secret.ts';
import { stepOfCode } from '../../domain/operators/time-code.ts';
import type { OperatorRow } from '../../store/operators/operators.ts';
import { readClock } from '../../store/operators/read-clock.ts';
import { takeRecoveryCode, takeStep } from '../../store/operators/second-factors.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';

/** What an operator's second factor is bound to when sealed. */
export function secondFactorBinding(operatorId: string): string {
  return `operators/second_factor/${operatorId}`;
}

/** Of a recovery code, without regard to case, spaces and hyphens: people copy them from paper. */
export function recoveryCodeHash(operatorId: string, code: string): Buffer {
  const plain = code.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return createHash('sha256').update(`${operatorId}|${plain}`).digest();
}

/** Takes a code of the authenticator, or a recovery code; each once. @returns which it was; null when it is neither. */
export async function takeCode(
  context: Pick<AppContext, 'keyring'>,
  tx: Transaction,
  about: { readonly operator: OperatorRow; readonly code: Secret },
): Promise<'authenticator' | 'recovery' | null> {
  const { id, secondFactor } = about.operator;
  if (secondFactor === null) return null;
  const typed = about.code.reveal().trim();
  const secret = context.keyring.open(secondFactor, secondFactorBinding(id));
  const step = stepOfCode(secret, typed.replaceAll(' ', ''), await readClock(tx));
  if (step !== null) return (await takeStep(tx, id, step)) ? 'authenticator' : null;
  return (await takeRecoveryCode(tx, id, recoveryCodeHash(id, typed))) ? 'recovery' : null;
}
