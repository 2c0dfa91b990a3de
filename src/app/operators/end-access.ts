import { revokeTokensOf } from '../../store/operators/api-tokens.ts';
import { endLinksMadeBy, endOperatorLinks } from '../../store/operators/operator-links.ts';
import { deleteOperatorSessions } from '../../store/operators/operator-sessions.ts';
import { setOperatorDisabled } from '../../store/operators/operators.ts';
import type { Transaction } from '../../store/transaction.ts';

/**
 * Disables an operator. Their sessions end, their tokens with all that was made with those, links for them and
 * links that they or their tokens made; enabling them brings none of it back. Whom they let in stays.
 *
 * @returns the names of the tokens that ended.
 */
export async function endAccess(tx: Transaction, operatorId: string): Promise<readonly string[]> {
  await setOperatorDisabled(tx, operatorId, true);
  await deleteOperatorSessions(tx, operatorId, { except: null });
  await endOperatorLinks(tx, operatorId);
  await endLinksMadeBy(tx, { operatorId });
  return (await revokeTokensOf(tx, operatorId)).map(({ name }) => name);
}
