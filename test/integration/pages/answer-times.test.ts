import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../connectors/contract/secret.ts';
import { aPerson, aSilentProvider } from '../../support/a-person.ts';
import { Browser, createHostedPages, type HostedPages } from '../../support/hosted-pages.ts';

const PASSWORD = 'correct horse battery staple';
const ROUNDS = 24;
/** Side by side, so that a busy moment of the machine meets every kind alike. */
const LANES = 3;

let pages: HostedPages;
let slow: { readonly providerId: string; readonly providerHash: string };

beforeAll(async () => {
  pages = await createHostedPages();
  const hash = await pages.context.passwords.encode(new Secret(PASSWORD), 'bcrypt', null);
  slow = { providerId: await aSilentProvider(pages.context), providerHash: hash.reveal() };
});
afterAll(async () => {
  await pages[Symbol.asyncDispose]();
});

let visitors = 0;

/** Somebody whom nobody has counted before. */
function visitor(): Browser {
  visitors += 1;
  return new Browser(pages.server, `2001:db8:${visitors.toString(16)}::1`);
}

/** @returns milliseconds by kind, gathered in an order that changes from round to round. */
async function gather(
  kinds: Readonly<Record<string, () => Promise<unknown>>>,
): Promise<Readonly<Record<string, number[]>>> {
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []]));
  const round = async (turn: number): Promise<void> => {
    const names = Object.keys(kinds);
    const turned = [...names.slice(turn % names.length), ...names.slice(0, turn % names.length)];
    for (const name of turned) {
      const before = performance.now();
      await kinds[name]!();
      times[name]!.push(performance.now() - before);
    }
  };
  const lanes = Array.from({ length: LANES }, async (_, lane) => {
    for (let turn = lane; turn < ROUNDS; turn += LANES) await round(turn);
  });
  await Promise.all(lanes);
  return times;
}

/** Mann and Whitney: how often a time of the first is longer than one of the second; one half when nothing tells them apart. */
function superiority(first: readonly number[], second: readonly number[]): number {
  const wins = first.flatMap((a) => second.map((b): number => (a > b ? 1 : a === b ? 0.5 : 0)));
  return wins.reduce((sum, win) => sum + win, 0) / wins.length;
}

const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;

/**
 * With 24 times of each, chance alone strays by 0.083 from one half; 0.35 is more
 * than four times that. A difference of less than 8 ms is the machine's.
 */
function tellsApart(times: Readonly<Record<string, number[]>>): string[] {
  const [reference, ...others] = Object.keys(times);
  return others.filter((kind) => {
    const [a, b] = [times[reference!]!, times[kind]!];
    return Math.abs(superiority(a, b) - 0.5) > 0.35 && Math.abs(median(a) - median(b)) > 8;
  });
}

describe('the time of an answer', () => {
  it('does not tell who can sign in, nor how their password is kept', async () => {
    const enter = async (username: string): Promise<void> => {
      const answer = await visitor().post('/sign-in', { username, password: 'wrong horse battery' });
      expect(answer.statusCode).toBe(422);
    };
    const people = async (about: Parameters<typeof aPerson>[1]): Promise<string[]> =>
      await Promise.all(
        Array.from({ length: ROUNDS }, async () => (await aPerson(pages.context, about)).username),
      );
    const ours = await people({ password: PASSWORD });
    const theirs = await people(slow);
    const disabled = await people({ password: PASSWORD, enabled: false });
    const invited = await people({ preRegistration: true });
    const times = await gather({
      unknown: async () => await enter(`nobody${String(visitors)}`),
      ours: async () => await enter(ours.pop()!),
      theirs: async () => await enter(theirs.pop()!),
      disabled: async () => await enter(disabled.pop()!),
      invited: async () => await enter(invited.pop()!),
    });
    expect(tellsApart(times)).toEqual([]);
  });

  it('does not tell whose password can be reset', async () => {
    const ask = async (username: string): Promise<void> => {
      expect((await visitor().post('/password/forgot', { username })).statusCode).toBe(200);
    };
    const known = await Promise.all(
      Array.from(
        { length: ROUNDS },
        async () => (await aPerson(pages.context, { password: PASSWORD })).username,
      ),
    );
    const times = await gather({
      unknown: async () => await ask(`nobody${String(visitors)}`),
      known: async () => await ask(known.pop()!),
    });
    expect(tellsApart(times)).toEqual([]);
  });

  it('would be told apart by this test', () => {
    const steady = (from: number): number[] => Array.from({ length: ROUNDS }, (_, n) => from + (n % 5));
    expect(tellsApart({ unknown: steady(500), known: steady(520) })).toEqual(['known']);
    expect(tellsApart({ unknown: steady(500), known: steady(501) })).toEqual([]);
  });
});
