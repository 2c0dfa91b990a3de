import { countOperators } from '../../store/operators/operators.ts';
import type { AppContext } from '../context.ts';
import { COMMAND_LINE } from './caller.ts';
import { makeOneTimeLink, type OneTimeLink } from './one-time-link.ts';

/** The link that makes the first operator; null when there is an operator. Each start makes one more; the first that is used ends them all. */
export async function inviteFirstOperator(
  context: Pick<AppContext, 'store' | 'settings'>,
): Promise<OneTimeLink | null> {
  return await context.store.transaction(async (tx) =>
    (await countOperators(tx)) > 0
      ? null
      : await makeOneTimeLink(context, tx, { operatorId: null, by: COMMAND_LINE }),
  );
}
