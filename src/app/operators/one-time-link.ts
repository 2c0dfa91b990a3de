import { randomBytes } from 'node:crypto';
import { Secret } from '../../../connectors/contract/secret.ts';
import { hashToken } from '../../kernel/keyring.ts';
import type { MadeBy } from '../../store/operators/made-by.ts';
import { insertOperatorLink } from '../../store/operators/operator-links.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';

export interface OneTimeLink {
  /** The token stands after the `#`, which browsers send to nobody: it reaches no log. */
  readonly url: Secret;
  readonly expiresAt: Date;
}

const TOKEN_BYTES = 32;
const HOURS = 24;

/** A link that is good once, for a day. @param about.operatorId null: for making the first operator. */
export async function makeOneTimeLink(
  context: Pick<AppContext, 'settings'>,
  tx: Transaction,
  about: { readonly operatorId: string | null; readonly by: MadeBy },
): Promise<OneTimeLink> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const expiresAt = await insertOperatorLink(tx, { ...about, tokenHash: hashToken(token), hours: HOURS });
  return { url: new Secret(`${context.settings.publicUrl}/console/set-up#${token}`), expiresAt };
}
