import { createToken } from '../../app/operators/create-token.ts';
import { listTokens, revokeToken, type ApiToken } from '../../app/operators/tokens.ts';
import { argument, option, texts, type Session, type Typed } from '../command.ts';
import { time } from '../output.ts';
import { readCount } from '../read-count.ts';

export async function create(session: Session, typed: Typed): Promise<undefined> {
  const { output, actor } = session;
  const name = argument(typed, 0);
  const days = readCount('--days', option(typed, 'days') ?? '90');
  const scopes = texts(typed.options['scope']).flatMap((text) => text.split(','));
  await session.withContext(async (context) => {
    const made = await createToken(context, { name, scopes, days, actor, maker: null });
    const token = made.token.reveal();
    output.result({ ...made, token }, () => token);
    output.hint(`Good until ${time(made.expiresAt)}. It is shown this once: keep it where secrets are kept.`);
  });
}

export async function list(session: Session): Promise<undefined> {
  const { output } = session;
  await session.withContext(async (context) => {
    const tokens = await listTokens(context, null);
    output.list(tokens, () =>
      output.table(
        ['NAME', 'STATE', 'SCOPES', 'MADE BY', 'EXPIRES', 'LAST USED', 'ID'],
        tokens.map((token) => [
          token.name,
          stateOf(token),
          token.scopes.join(' '),
          token.createdBy,
          time(token.expiresAt),
          time(token.lastUsedAt),
          token.id,
        ]),
        'No tokens yet. Make one with: tributary token create NAME --scope providers:read',
      ),
    );
  });
}

export async function revoke(session: Session, typed: Typed): Promise<undefined> {
  const { output, actor } = session;
  const which = argument(typed, 0);
  await session.withContext(async (context) => {
    const name = await revokeToken(context, { which, operatorId: null, actor });
    output.result({ name, revoked: true }, () => `${name} is revoked`);
  });
}

function stateOf({ revokedAt, expiresAt }: ApiToken): string {
  if (revokedAt !== null) return 'revoked';
  // For a column of a list the machine's clock is good enough; the store decides when a token is presented.
  return expiresAt < new Date() ? 'expired' : 'in force';
}
