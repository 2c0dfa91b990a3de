import type { ApiToken } from '../asks/operators.ts';
import { argument, option, texts, type Session, type Typed } from '../command.ts';
import { time } from '../output.ts';
import { readCount } from '../read-count.ts';

export async function create(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const name = argument(typed, 0);
  const days = readCount('--days', option(typed, 'days') ?? '90');
  const scopes = texts(typed.options['scope']).flatMap((text) => text.split(','));
  await session.withInstallation(async ({ operators }) => {
    const made = await operators.createToken({ name, scopes, days });
    output.result(made, () => made.token);
    output.hint(`Good until ${time(made.expiresAt)}. It is shown this once: keep it where secrets are kept.`);
  });
}

export async function list(session: Session): Promise<undefined> {
  const { output } = session;
  await session.withInstallation(async ({ operators }) => {
    const tokens = await operators.tokens();
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
  const { output } = session;
  const which = argument(typed, 0);
  await session.withInstallation(async ({ operators }) => {
    const name = await operators.revokeToken(which);
    output.result({ name, revoked: true }, () => `${name} is revoked`);
  });
}

function stateOf({ revokedAt, expiresAt }: ApiToken): string {
  if (revokedAt !== null) return 'revoked';
  // For a column of a list the machine's clock is good enough; the store decides when a token is presented.
  return new Date(expiresAt) < new Date() ? 'expired' : 'in force';
}
