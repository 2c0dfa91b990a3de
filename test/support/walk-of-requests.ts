import type fc from 'fast-check';
import { deliverEmail } from '../../src/app/mail/deliver-email.ts';
import { setProfile } from '../../src/app/profiles/set-profile.ts';
import type { Browser, HostedPages } from './hosted-pages.ts';

/** What a browser of the model holds: numbers of sessions and tickets, whether they still count or not. */
interface Held {
  readonly session: number | null;
  readonly ticket: number | null;
}

/** A token that exists: a mailed link, or the ticket of a sign-in with a temporary password. */
export interface ModelToken {
  readonly purpose: 'first-password' | 'reset-password' | 'change-password';
  /** Of the password, when the token was made. */
  readonly version: number;
  used: boolean;
}

/** One person as the rules say they are, without a server. */
export interface Model {
  version: number;
  password: string | null;
  forceReset: boolean;
  preRegistration: boolean;
  enabled: boolean;
  /** Every token ever made, in order. */
  readonly tokens: ModelToken[];
  /** Those of {@link tokens} that were mailed. */
  readonly mailed: number[];
  /** Sessions that are alive, by number; sessions never come back. */
  readonly sessions: Set<number>;
  sessionsBegun: number;
  readonly browsers: Held[];
  /** What somebody copied from a browser, to put it back later. */
  copied: Held;
}

/** The same person on a real server. */
export interface Real {
  readonly pages: HostedPages;
  readonly person: { readonly id: string; readonly username: string };
  /** Of this walk alone. */
  readonly address: string;
  readonly browsers: readonly Browser[];
  /** Texts of {@link Model.tokens}. */
  readonly texts: string[];
  copied: ReadonlyMap<string, string>;
}

export type Step = fc.AsyncCommand<Model, Real>;

export const COUNT = 2;
export const passwordNamed = (name: number): string => `horse battery ${'abcdefgh'[name] ?? 'x'} staples`;

export function signedIn(model: Model, at: number): boolean {
  const { session } = model.browsers[at]!;
  return (
    session !== null &&
    model.sessions.has(session) &&
    model.enabled &&
    !model.forceReset &&
    !model.preRegistration &&
    model.password !== null
  );
}

export function isGood(model: Model, token: ModelToken | undefined): token is ModelToken {
  return token !== undefined && !token.used && token.version === model.version && model.enabled;
}

/** The ticket of a browser, when it still proves something. */
export function goodTicket(model: Model, at: number): ModelToken | null {
  const { ticket } = model.browsers[at]!;
  const token = ticket === null ? undefined : model.tokens[ticket];
  return token?.purpose === 'change-password' && isGood(model, token) ? token : null;
}

export function setModelPassword(model: Model, password: string): void {
  model.version += 1;
  model.password = password;
  model.forceReset = false;
  model.preRegistration = false;
  model.sessions.clear();
}

export function beginModelSession(model: Model, at: number): void {
  model.sessionsBegun += 1;
  model.sessions.add(model.sessionsBegun);
  model.browsers[at] = { session: model.sessionsBegun, ticket: null };
}

/** Has the real use case prepare every e-mail that waits, and keeps the links that a mailbox would get. */
export async function receiveMail(model: Model, real: Real): Promise<void> {
  const { context } = real.pages;
  const queued = await context.store.read.query<{ id: string }[]>(
    `SELECT id FROM emails WHERE profile_id = $1 AND state = 'queued' ORDER BY created_at, id`,
    [real.person.id],
  );
  for (const { id } of queued)
    await deliverEmail(context, id, {
      signal: new AbortController().signal,
      send: (mail) => {
        if (mail.link !== null) {
          const { pathname, searchParams } = new URL(mail.link.reveal());
          const purpose = pathname === '/password/first' ? 'first-password' : 'reset-password';
          model.mailed.push(model.tokens.length);
          model.tokens.push({ purpose, version: model.version, used: false });
          real.texts.push(searchParams.get('token')!);
        }
        return Promise.resolve({ kind: 'sent' });
      },
    });
}

export async function operatorSets(
  model: Model,
  real: Real,
  change: 'forceReset' | 'enabled',
): Promise<void> {
  const value = !model[change];
  const changes = { [change]: String(value) };
  await setProfile(real.pages.context, { who: real.person.id, changes, actor: 'operator' });
  model[change] = value;
  if ((change === 'enabled') !== value) model.sessions.clear();
}

/** Waits are somebody else's test: here they would only hide what the pages do. */
export async function forgetWaits({ pages, person, address }: Real): Promise<void> {
  await pages.context.store.read.query(
    `DELETE FROM sign_in_attempts WHERE key LIKE '%/' || $1::text OR key LIKE '%/' || $2::text`,
    [person.id, address],
  );
}
