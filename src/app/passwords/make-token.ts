import type { Secret } from '../../../connectors/contract/secret.ts';
import { hashToken } from '../../kernel/keyring.ts';
import type { TokenPurpose } from '../../store/entities/access.ts';
import { issueToken, type IssuedTokenRow } from '../../store/passwords/issue-token.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';
import { tokenText } from './token-text.ts';

export interface TokenRequest {
  readonly purpose: TokenPurpose;
  readonly profileId: string;
  readonly lifetimeSeconds: number;
}

export interface MadeToken extends IssuedTokenRow {
  readonly text: Secret;
}

/** Makes a token as part of a transaction. To build the text again later, give its row to `tokenText`. */
export async function makeToken(
  context: Pick<AppContext, 'keyring'>,
  tx: Transaction,
  request: TokenRequest,
): Promise<MadeToken> {
  const row = await issueToken(tx, {
    ...request,
    hashOf: (identity) => hashToken(tokenText(context.keyring, identity).reveal()),
  });
  return { ...row, text: tokenText(context.keyring, row) };
}
