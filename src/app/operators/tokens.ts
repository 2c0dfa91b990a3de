import { missing } from '../../kernel/errors.ts';
import { listApiTokens, revokeApiToken as revoke, type ApiToken } from '../../store/operators/api-tokens.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import type { AppContext } from '../context.ts';

export type { ApiToken } from '../../store/operators/api-tokens.ts';

/** Newest first. @param operatorId only those that this operator made; null: all. */
export async function listTokens(
  context: Pick<AppContext, 'store'>,
  operatorId: string | null,
): Promise<readonly ApiToken[]> {
  return await listApiTokens(context.store.read, operatorId);
}

/**
 * Ends a token: the next request that presents it is refused.
 *
 * @param request.which its id, or its name.
 * @param request.operatorId only a token that this operator made; null: any.
 * @throws AppError `TOKEN_NOT_FOUND`
 */
export async function revokeToken(
  context: AppContext,
  request: { readonly which: string; readonly operatorId: string | null; readonly actor: string },
): Promise<string> {
  const { which, operatorId, actor } = request;
  return await context.store.transaction(async (tx) => {
    const name = await revoke(tx, which, operatorId);
    if (name === null) throw missing('token', which, 'List them with: bin/tributary token list');
    await appendAudit(tx, context.keyring, {
      actor,
      action: 'token.revoke',
      subject: which,
      detail: { name },
    });
    return name;
  });
}
