import { endingWithToken } from '../../domain/operators/token-rules.ts';
import { missing } from '../../kernel/errors.ts';
import {
  listApiTokens,
  revokeApiToken,
  revokeMadeWith,
  type ApiToken,
} from '../../store/operators/api-tokens.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import { endLinksMadeBy } from '../../store/operators/operator-links.ts';
import { countOtherAdmins, listLetIn, lockOperators, noteLetIn } from '../../store/operators/operators.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';
import { endAccess } from './end-access.ts';

export type { ApiToken } from '../../store/operators/api-tokens.ts';

/** Newest first. @param operatorId only those that this operator made; null: all. */
export async function listTokens(
  context: Pick<AppContext, 'store'>,
  operatorId: string | null,
): Promise<readonly ApiToken[]> {
  return await listApiTokens(context.store.read, operatorId);
}

export interface Revocation {
  /** The token's id, or its name. */
  readonly which: string;
  /** Only a token that this operator made; null: any. */
  readonly operatorId: string | null;
  /** Whom its links let in stays, for good. For people to say, and no token. Default: they are disabled. */
  readonly keepOperators?: boolean | undefined;
  readonly actor: string;
}

/** What ended with a token, by name. */
export interface RevokedToken {
  readonly name: string;
  readonly tokens: readonly string[];
  /** How many one-time links of it nobody had used. */
  readonly links: number;
  /** Operators who chose their password by a link of it. */
  readonly disabled: readonly string[];
  /** Such operators who stay. */
  readonly kept: readonly string[];
}

/**
 * Ends a token, and what it made: tokens, and what those made; links; and the operators who got in by those links,
 * unless no other admin could sign in. Whoever stole it has nothing left of it.
 *
 * @throws AppError `TOKEN_NOT_FOUND`
 */
export async function revokeToken(context: AppContext, request: Revocation): Promise<RevokedToken> {
  const { which, operatorId, actor, keepOperators = false } = request;
  return await context.store.transaction(async (tx) => {
    await lockOperators(tx);
    const token = await revokeApiToken(tx, which, operatorId);
    if (token === null) throw missing('token', which, 'List them with: bin/tributary token list');
    const made = await revokeMadeWith(tx, token.id);
    const tokenIds = [token, ...made].map(({ id }) => id);
    const ended = made.filter(({ wasInForce }) => wasInForce);
    const links = await endLinksMadeBy(tx, { tokenIds });
    const people = keepOperators
      ? { disabled: [], kept: await vouchForLetIn(tx, tokenIds) }
      : await endLetIn(context, tx, { tokenIds, actor });
    const revoked = {
      name: token.name,
      tokens: ended.map(({ name }) => name),
      links,
      disabled: namesOf(people.disabled),
      kept: namesOf(people.kept),
    };
    await appendAudit(tx, context.keyring, {
      actor,
      action: 'token.revoke',
      subject: token.id,
      detail: { ...revoked },
    });
    return revoked;
  });
}

type LetIn = Awaited<ReturnType<typeof listLetIn>>;

async function endLetIn(
  context: AppContext,
  tx: Transaction,
  { tokenIds, actor }: { readonly tokenIds: readonly string[]; readonly actor: string },
): Promise<{ readonly disabled: LetIn; readonly kept: LetIn }> {
  const letIn = await listLetIn(tx, tokenIds);
  const ids = letIn.map(({ id }) => id);
  const ending = endingWithToken(letIn, await countOtherAdmins(tx, ids));
  for (const { id, name } of ending.disabled) {
    await endAccess(tx, id);
    const detail = { changes: { disabled: { from: false, to: true } }, by: 'token.revoke' };
    await appendAudit(tx, context.keyring, { actor, action: 'operator.change', subject: name, detail });
  }
  return ending;
}

/** Somebody says that they may stay: they owe no token anything any more. */
async function vouchForLetIn(tx: Transaction, tokenIds: readonly string[]): Promise<LetIn> {
  const letIn = await listLetIn(tx, tokenIds);
  for (const { id } of letIn) await noteLetIn(tx, id, null);
  return letIn;
}

function namesOf(people: LetIn): readonly string[] {
  return people.map(({ name }) => name);
}
