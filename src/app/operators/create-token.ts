import { randomBytes } from 'node:crypto';
import { Secret } from '../../../connectors/contract/secret.ts';
import { SCOPES, type Scope } from '../../domain/operators/scopes.ts';
import { grantFault, tokenEnd, type TokenMaker } from '../../domain/operators/token-rules.ts';
import { usernameFault } from '../../domain/profiles/identifiers.ts';
import { AppError, invalid, type Problem } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { hashToken } from '../../kernel/keyring.ts';
import { insertApiToken } from '../../store/operators/api-tokens.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import { readClock } from '../../store/operators/read-clock.ts';
import type { AppContext } from '../context.ts';
import { COMMAND_LINE, madeBy, type Caller } from './caller.ts';
import { holdMaker } from './hold-maker.ts';

export interface TokenRequest {
  /** For whom or what it is; unique among the tokens in force. */
  readonly name: string;
  readonly scopes: readonly string[];
  /** Whole days from 1 to 365; default 90. A token that is made with a token ends no later than that one. */
  readonly days?: number | undefined;
  readonly actor: string;
  /** Whoever makes it, whom the token never exceeds; null: somebody at the command line, who may do anything. */
  readonly maker: Caller | null;
}

export interface CreatedToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: Date;
  /** Shown now and never again: the store keeps its hash. */
  readonly token: Secret;
}

const TOKEN_BYTES = 32;
const DEFAULT_DAYS = 90;
const MOST_DAYS = 365;
const LONGEST_NAME = 100;

/** So that a token is recognised where it does not belong, by people and by scanners of repositories. */
export const TOKEN_PREFIX = 'tributary_';

/**
 * Makes an API token, which ends with the token or the operator that makes it.
 *
 * @throws AppError `TOKEN_INVALID` with every problem at once, `TOKEN_NAME_TAKEN`, or `MAKER_ENDED`.
 */
export async function createToken(context: AppContext, request: TokenRequest): Promise<CreatedToken> {
  const { name, days = DEFAULT_DAYS, actor, maker } = request;
  const problems = findProblems(request);
  if (problems.length > 0) throw invalid('TOKEN_INVALID', 'The token was not made.', problems);
  const scopes = SCOPES.filter((scope) => request.scopes.includes(scope));
  const id = newId();
  const token = new Secret(`${TOKEN_PREFIX}${randomBytes(TOKEN_BYTES).toString('base64url')}`);
  const by = maker === null ? COMMAND_LINE : madeBy(maker);
  const row = { id, name, scopes, createdBy: actor, by, tokenHash: hashToken(token.reveal()) };
  return await context.store.transaction(async (tx) => {
    await holdMaker(tx, by);
    const now = new Date((await readClock(tx)) * 1_000);
    const expiresAt = tokenEnd(now, days, maker === null ? null : boundsOf(maker));
    if (!(await insertApiToken(tx, { ...row, expiresAt }))) throw taken(name);
    const detail = { name, scopes, expiresAt: expiresAt.toISOString() };
    await appendAudit(tx, context.keyring, { actor, action: 'token.create', subject: id, detail });
    return { id, name, scopes, expiresAt, token };
  });
}

function scopeFault(
  scope: string,
  maker: Caller | null,
): { readonly message: string; readonly remedy: string } | null {
  const known = SCOPES.find((candidate) => candidate === scope);
  if (known === undefined) return { message: 'no scope', remedy: `Known: ${SCOPES.join(', ')}.` };
  const fault = maker === null ? null : grantFault(boundsOf(maker), known);
  if (fault === 'role')
    return { message: 'more than your role allows', remedy: 'Leave it out, or ask an admin.' };
  if (fault === 'token')
    return {
      message: 'more than the token has that makes it',
      remedy: 'Leave it out, or sign in to the console.',
    };
  return null;
}

function boundsOf(maker: Caller): TokenMaker {
  return { role: maker.role, token: maker.kind === 'token' ? maker : null };
}

function findProblems({ name, scopes, days, maker }: TokenRequest): Problem[] {
  const problems: Problem[] = [];
  const add = (path: string, message: string, remedy: string): void => {
    problems.push({ path, code: 'VALUE_INVALID', message, remedy });
  };
  const fault = name.length > LONGEST_NAME ? 'is too long' : usernameFault(name);
  if (fault !== null) add('name', fault, 'Say what the token is for, in at most 100 characters.');
  if (days !== undefined && (!Number.isInteger(days) || days < 1 || days > MOST_DAYS))
    add('days', 'is not a number of days', `Give a whole number from 1 to ${MOST_DAYS}.`);
  if (scopes.length === 0) add('scopes', 'is empty', `Give one or more of: ${SCOPES.join(', ')}.`);
  for (const scope of new Set(scopes)) {
    const fault = scopeFault(scope, maker);
    if (fault !== null) add('scopes', `${scope} is ${fault.message}`, fault.remedy);
  }
  return problems;
}

function taken(name: string): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'TOKEN_NAME_TAKEN',
    message: `There is a token ${name} in force.`,
    remedy: 'Choose another name, or revoke that one first.',
  });
}
