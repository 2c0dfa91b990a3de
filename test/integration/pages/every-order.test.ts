import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aPerson } from '../../support/a-person.ts';
import { Browser, createHostedPages, type HostedPages } from '../../support/hosted-pages.ts';
import {
  beginModelSession,
  COUNT,
  forgetWaits,
  goodTicket,
  isGood,
  operatorSets,
  passwordNamed,
  receiveMail,
  setModelPassword,
  signedIn,
  type Model,
  type Real,
  type Step,
} from '../../support/walk-of-requests.ts';

const FORGED = 'A'.repeat(64);
const PATHS = { 'first-password': '/password/first', 'reset-password': '/password/reset' } as const;

let pages: HostedPages;

beforeAll(async () => {
  pages = await createHostedPages();
});

afterAll(async () => {
  await pages[Symbol.asyncDispose]();
});

/** A step that may be taken at any time; what has to come of it follows from the model alone. */
function step(name: string, take: (model: Model, real: Real) => Promise<void>): Step {
  return {
    check: () => true,
    run: async (model, real) => {
      await take(model, real);
      await forgetWaits(real);
      await compare(model, real);
    },
    toString: () => name,
  };
}

/** What may be reached after a step, in every browser, and what the store holds. */
async function compare(model: Model, real: Real): Promise<void> {
  const [stored] = await pages.context.store.read.query<Record<string, unknown>[]>(
    `SELECT coalesce(password_version, 0) AS version, force_reset AS "forceReset",
            pre_registration AS "preRegistration"
     FROM profiles LEFT JOIN credentials ON profile_id = id WHERE id = $1`,
    [real.person.id],
  );
  const { version, forceReset, preRegistration } = model;
  expect(stored).toEqual({ version, forceReset, preRegistration });
  for (const [at, browser] of real.browsers.entries()) {
    const account = await browser.get('/account');
    expect([at, account.statusCode === 200]).toEqual([at, signedIn(model, at)]);
    const form = await browser.get('/password/change');
    const mayChange = goodTicket(model, at) !== null || signedIn(model, at);
    expect([at, form.statusCode === 200, form.body.includes('name="passwordAgain"')]).toEqual([
      at,
      mayChange,
      mayChange,
    ]);
  }
}

const signIn = (at: number, name: number): Step =>
  step(`browser ${at} signs in with password ${name}`, async (model, real) => {
    const password = known(model, name);
    const right = model.enabled && !model.preRegistration && model.password === password;
    const { username } = real.person;
    const answer = await real.browsers[at]!.post('/sign-in', { username, password });
    if (!right) {
      expect(answer.statusCode).toBe(422);
      return;
    }
    expect(answer.headers.location).toBe(model.forceReset ? '/password/change' : '/account');
    if (model.forceReset) {
      model.browsers[at] = { session: null, ticket: model.tokens.length };
      model.tokens.push({ purpose: 'change-password', version: model.version, used: false });
      real.texts.push(real.browsers[at]!.cookies.get('tributary-change')!);
    } else beginModelSession(model, at);
  });

const change = (at: number, name: number, current: number | null): Step =>
  step(`browser ${at} changes to ${name}, saying ${String(current)}`, async (model, real) => {
    const password = passwordNamed(name);
    const fields = { password, passwordAgain: password };
    const said = current === null ? {} : { currentPassword: known(model, current) };
    const ticket = goodTicket(model, at);
    const proven =
      ticket !== null ||
      (signedIn(model, at) && current !== null && known(model, current) === model.password);
    const answer = await real.browsers[at]!.post('/password/change', { ...fields, ...said });
    if (ticket === null && !signedIn(model, at)) expect(answer.headers.location).toBe('/sign-in');
    else if (!proven || password === model.password) expect(answer.statusCode).toBe(422);
    else {
      expect(answer.headers.location).toBe('/account?password-set');
      if (ticket !== null) ticket.used = true;
      setModelPassword(model, password);
      beginModelSession(model, at);
    }
  });

/** Any token ever made, good or over, mailed or a ticket, sent to either page; or one that was never made. */
const useToken = (which: number, purpose: keyof typeof PATHS, name: number): Step =>
  step(`token ${which} is used for ${purpose} with password ${name}`, async (model, real) => {
    const at = model.tokens.length === 0 ? -1 : model.tokens.length - which;
    const token = model.tokens[at];
    const text = real.texts[at] ?? FORGED;
    const password = passwordNamed(name);
    const good = token?.purpose === purpose && isGood(model, token);
    const visitor = visitorOf(real);
    const path = PATHS[purpose];
    // Scanners first, with every method that they use.
    for (const method of ['HEAD', 'GET'] as const) {
      const opened = await pages.server.inject({ method, url: `${path}?token=${text}` });
      expect(opened.statusCode).toBe(good ? 200 : 410);
    }
    const answer = await visitor.post(path, { token: text, password, passwordAgain: password });
    expect(visitor.cookies.size).toBe(0);
    if (!good) expect(answer.statusCode).toBe(410);
    else if (password === model.password) expect(answer.statusCode).toBe(422);
    else {
      expect(answer.statusCode).toBe(200);
      token.used = true;
      setModelPassword(model, password);
    }
  });

/** A token put where a ticket belongs proves something only when it is a ticket. */
const forgeTicket = (at: number, which: number): Step =>
  step(`browser ${at} holds token ${which} as its ticket`, (model, real) => {
    const token = model.tokens.length === 0 ? -1 : model.tokens.length - 1 - (which % model.tokens.length);
    real.browsers[at]!.setCookie('tributary-change', real.texts[token] ?? FORGED);
    model.browsers[at] = { ...model.browsers[at]!, ticket: token === -1 ? null : token };
    return Promise.resolve();
  });

const forgot = (): Step =>
  step('somebody forgets a password, and the mail arrives', async (model, real) => {
    const { username } = real.person;
    const answer = await visitorOf(real).post('/password/forgot', { username });
    expect(answer.statusCode).toBe(200);
    await receiveMail(model, real);
  });

const newLink = (which: number): Step =>
  step(`a new link is asked for with token ${which}`, async (model, real) => {
    const at = model.mailed[which % Math.max(model.mailed.length, 1)];
    const purpose = at === undefined ? 'first-password' : model.tokens[at]!.purpose;
    const path = purpose === 'first-password' ? '/password/first/new-link' : '/password/reset/new-link';
    const token = at === undefined ? FORGED : real.texts[at]!;
    expect((await visitorOf(real).post(path, { token })).statusCode).toBe(200);
    await receiveMail(model, real);
  });

const signOut = (at: number): Step =>
  step(`browser ${at} signs out`, async (model, real) => {
    await real.browsers[at]!.post('/sign-out', {});
    const { session } = model.browsers[at]!;
    if (session !== null) model.sessions.delete(session);
    model.browsers[at] = { session: null, ticket: null };
  });

const copy = (at: number): Step =>
  step(`the cookies of browser ${at} are copied`, (model, real) => {
    model.copied = model.browsers[at]!;
    real.copied = new Map(real.browsers[at]!.cookies);
    return Promise.resolve();
  });

const putBack = (at: number): Step =>
  step(`browser ${at} goes back to the copied cookies`, (model, real) => {
    model.browsers[at] = model.copied;
    real.browsers[at]!.replaceCookies(real.copied);
    return Promise.resolve();
  });

const operator = (what: 'forceReset' | 'enabled'): Step =>
  step(`an operator turns ${what}`, async (model, real) => {
    await operatorSets(model, real, what);
    await receiveMail(model, real);
  });

/** As a run does: it writes the flag and leaves sessions to themselves. */
const source = (): Step =>
  step('the source turns the flag', async (model, real) => {
    model.forceReset = !model.forceReset;
    await pages.context.store.read.query('UPDATE profiles SET force_reset = $2 WHERE id = $1', [
      real.person.id,
      model.forceReset,
    ]);
  });

/** Below zero: the present password, whatever it is. */
function known(model: Model, name: number): string {
  return name < 0 ? (model.password ?? passwordNamed(0)) : passwordNamed(name);
}

const browsers = fc.nat({ max: COUNT - 1 });
const names = fc.nat({ max: 3 });
const knowledge = fc.constantFrom(-1, -1, -1, 0, 1);
/** Counted from the newest: the nearest are the interesting ones. */
const which = fc.constantFrom(0, 1, 1, 1, 2, 2, 3, 5, 8);
const purposes = fc.constantFrom('first-password' as const, 'reset-password' as const);

const steps = [
  fc.tuple(browsers, knowledge).map(([at, name]) => signIn(at, name)),
  fc.tuple(browsers, knowledge).map(([at, name]) => signIn(at, name)),
  fc.tuple(browsers, names, fc.option(knowledge)).map(([at, name, current]) => change(at, name, current)),
  fc.tuple(browsers, names, fc.option(knowledge)).map(([at, name, current]) => change(at, name, current)),
  fc.tuple(which, purposes, names).map(([at, purpose, name]) => useToken(at, purpose, name)),
  fc.tuple(which, purposes, names).map(([at, purpose, name]) => useToken(at, purpose, name)),
  fc.tuple(browsers, which).map(([at, token]) => forgeTicket(at, token)),
  fc.constant(forgot()),
  which.map((at) => newLink(at)),
  browsers.map((at) => signOut(at)),
  browsers.map((at) => copy(at)),
  browsers.map((at) => putBack(at)),
  fc.constant(operator('forceReset')),
  fc.constant(operator('enabled')),
  fc.constant(source()),
];

function visitorOf({ address }: Real): Browser {
  return new Browser(pages.server, address);
}

let walks = 0;

type Start = 'temporary' | 'own' | 'invited' | 'invited with a temporary one';

async function begin(start: Start): Promise<{ model: Model; real: Real }> {
  const preRegistration = start.startsWith('invited');
  const forceReset = start.includes('temporary');
  const password = start === 'invited' ? null : passwordNamed(0);
  const person = await aPerson(pages.context, {
    ...{ preRegistration, forceReset },
    ...(password !== null && { password }),
  });
  walks += 1;
  const address = `198.51.100.${walks}`;
  const held = { session: null, ticket: null };
  return {
    model: {
      ...{ version: 1, password, forceReset, preRegistration, enabled: true },
      ...{ tokens: [], mailed: [], sessions: new Set(), sessionsBegun: 0, copied: held },
      browsers: Array.from({ length: COUNT }, () => held),
    },
    real: {
      ...{ pages, person, address, texts: [], copied: new Map() },
      browsers: Array.from({ length: COUNT }, () => new Browser(pages.server, address)),
    },
  };
}

describe('every order of requests', () => {
  // Most of the time is the wait before a refusal: the four walk side by side.
  it.concurrent.each<Start>(['temporary', 'own', 'invited', 'invited with a temporary one'])(
    'sets a password with proof and never without, for somebody who starts with: %s',
    async (start) => {
      const property = fc.asyncProperty(
        fc.commands(steps, { maxCommands: 25, size: 'max' }),
        async (walk) => {
          const begun = await begin(start);
          await fc.asyncModelRun(() => begun, walk);
        },
      );
      await fc.assert(property, { numRuns: 6, endOnFailure: true, interruptAfterTimeLimit: 15_000 });
    },
  );
});
