import { LETTING_IN } from '../../domain/operators/scopes.ts';
import type { ApiToken, RevokedToken } from '../asks/operators.ts';
import { argument, flag, option, texts, type Session, type Typed } from '../command.ts';
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
    if (LETTING_IN.some((scope) => made.scopes.includes(scope)))
      output.say(`${output.style('yellow', 'warning')}: whoever has this token can let others in.`);
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
  const keepOperators = flag(typed, 'keepOperators');
  await session.withInstallation(async ({ operators }) => {
    const revoked = await operators.revokeToken(which, { keepOperators });
    output.result(revoked, () => revokedText(revoked));
    if (revoked.kept.length > 0) output.hint(`Look at who stays: tributary operator disable NAME`);
  });
}

function revokedText({ name, tokens, links, disabled, kept }: RevokedToken): string {
  return [
    `${name} is revoked`,
    ...tokens.map((token) => `  the token ${token}, made with it, is revoked`),
    ...(links === 0 ? [] : [`  links that it made and nobody used are good no more: ${String(links)}`]),
    ...disabled.map((operator) => `  ${operator}, who got in by a link of it, is disabled`),
    ...kept.map((operator) => `  ${operator}, who got in by a link of it, stays`),
  ].join('\n');
}

function stateOf({ revokedAt, expiresAt }: ApiToken): string {
  if (revokedAt !== null) return 'revoked';
  // For a column of a list the machine's clock is good enough; the store decides when a token is presented.
  return new Date(expiresAt) < new Date() ? 'expired' : 'in force';
}
