import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { WriteBackState } from '../../../src/store/entities/effects.ts';
import { aPerson, aSilentProvider } from '../../support/a-person.ts';
import { Browser, createHostedPages, tokenOf, type HostedPages } from '../../support/hosted-pages.ts';
import { waitFor } from '../../support/wait-for.ts';

const CHOSEN = 'correct horse battery staple';
/** Nobody's; what counts is its format. */
const HASH = '$argon2id$v=19$m=1024,t=1,p=1$c2FsdHNhbHRzYWx0$Wv8nQeyJ6S0o0w0mZr3WlqYb5l8v7p0Qm1XyqX8tC3c';

let pages: HostedPages;
let providerId: string;

beforeAll(async () => {
  pages = await createHostedPages();
  providerId = await aSilentProvider(pages.context, {
    name: 'acme-hr',
    password: {
      column: 'pw_hash',
      format: 'auto',
      onboarding: 'none',
      writeBack: { enabled: true, set: {}, conflict: 'provider' },
    },
  });
});
afterAll(async () => {
  await pages[Symbol.asyncDispose]();
});

/** Sets a password while somebody else, as a worker would, says what came of it. @returns the page's words. */
async function pageAfter(state: WriteBackState, language: string): Promise<string> {
  const { store } = pages.context;
  const { id } = await aPerson(pages.context, { providerId, providerHash: HASH });
  const browser = new Browser(pages.server);
  browser.headers['accept-language'] = language;
  const token = await tokenOf(pages, { profileId: id, purpose: 'reset-password' });
  const answer = browser.post('/password/reset', { token, password: CHOSEN, passwordAgain: CHOSEN });
  const settled = waitFor(async () => {
    const sql = `UPDATE write_backs SET state = $2 WHERE profile_id = $1 AND state = 'pending' RETURNING id`;
    const [found] = await store.read.query<[unknown[], number]>(sql, [id, state]);
    return found.length > 0;
  });
  await settled;
  const { statusCode, body } = await answer;
  expect(statusCode).toBe(200);
  return body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
}

it.each([
  ['written', 'en', 'Also updated in acme-hr'],
  ['conflict', 'en', 'It was changed in acme-hr too, and that password is the one in force.'],
  ['conflict', 'sv', 'Det ändrades även i acme-hr, och det lösenordet är det som gäller.'],
  ['failed', 'en', 'Not updated in acme-hr: ask those who look after your account.'],
  ['missing', 'en', 'Not updated in acme-hr: ask those who look after your account.'],
  ['superseded', 'en', 'Will be updated in acme-hr soon.'],
] as const)('a write-back that ends as %s is told in words (%s)', async (state, language, words) => {
  const page = await pageAfter(state, language);
  expect(page).toContain(words);
  // Not the word that we have for it.
  expect(page).not.toMatch(/\b(?:superseded|missing|pending|write-back)\b/);
});
