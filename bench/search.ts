import type { FastifyInstance } from 'fastify';
import { aToken, openApi } from '../test/support/api.ts';
import { createWorld, type World } from '../test/support/context.ts';
import { startTestServer } from '../test/support/test-server.ts';
import { fillWithInvitations, fillWithPeople } from './many-people.ts';

/*
 * How long the API takes to find people among a million: names, beginnings of
 * names and addresses, keys, filters, pages; and what else is shown of so many:
 * the overview, providers, e-mails. Half of them wait for a first password. Fails
 * when the 95th percentile of any kind of question is above 200 ms.
 */

const PEOPLE = Number(process.argv[2] ?? 1_000_000);
const ASKED = 60;
const MOST_MS = 200;

await using _server = await startTestServer();
await using world = await createWorld();
await fill(world);
const api = await openApi(world.context);
const authorization = `Bearer ${await aToken(world.context)}`;
for (const [kind, query] of Object.entries(questions()))
  await measure(api, kind, (at) => `profiles?${query(at)}`);
for (const [kind, path] of Object.entries(lists())) await measure(api, kind, () => path);
await api.close();

async function fill({ context }: World): Promise<void> {
  const started = performance.now();
  await fillWithPeople(context, PEOPLE);
  await fillWithInvitations(context, PEOPLE);
  print(`${String(PEOPLE)} people in ${((performance.now() - started) / 1_000).toFixed(0)} s`);
}

type Question = (at: number) => string;

function questions(): Readonly<Record<string, Question>> {
  const letter = (at: number): string => String.fromCharCode(97 + (at % 26));
  return {
    'a whole name': (at) => `text=given${letter(at)}${String(at * 7)}%20family${letter(at)}`,
    'the beginning of a name': (at) => `text=family${letter(at)}${String(at % 10)}`,
    'six letters that everybody has': () => 'text=family',
    'one letter': (at) => `text=${letter(at)}`,
    'a username': (at) => `text=user${String(at * 9_973)}`,
    'the beginning of an address': (at) => `text=given${letter(at)}.family${letter(at)}${String(at)}@`,
    'a key': (at) => `recordKey=${String(at * 9_973)}`,
    'a name among the disabled': (at) => `text=family${letter(at)}${String(at % 10)}&state=disabled`,
    'the first page of all': () => 'limit=50',
    'the disabled of a provider': () => 'provider=big&state=disabled',
    'a page in the middle': (at) =>
      `cursor=${(at * 9_973 + 1).toString(16).padStart(8, '0')}-0000-7000-8000-000000000000`,
    'the newest': () => 'sort=newest',
    'the disabled by name': () => 'state=disabled',
    'who has to choose a new password': () => 'forceReset=true',
    'invitations that have expired': () => 'invitation=expired',
    'invitations on their way': () => 'invitation=queued',
    'invitations on their way, the newest': () => 'invitation=queued&sort=newest',
    'invitations of which there are none': () => 'invitation=used',
    'a name among those not delivered': (at) => `text=family${letter(at)}&invitation=undeliverable`,
  };
}

/** What else is shown of so many. */
function lists(): Readonly<Record<string, string>> {
  return {
    'the overview of a week': 'overview?span=week',
    'the overview of a month': 'overview?span=month',
    'the providers': 'providers',
    'the newest e-mails': 'emails',
    'e-mails that were not delivered': 'emails?state=undeliverable',
  };
}

async function measure(server: FastifyInstance, kind: string, question: Question): Promise<void> {
  const times: number[] = [];
  for (let at = 1; at <= ASKED; at += 1) {
    const url = `/api/v1/${question(at)}`;
    const started = performance.now();
    // From another address each time: the API limits how often one may ask.
    const response = await server.inject({ url, headers: { authorization }, remoteAddress: `192.0.2.${at}` });
    times.push(performance.now() - started);
    if (response.statusCode !== 200) throw new Error(`${url}: ${response.body}`);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
  if (p95 > MOST_MS) process.exitCode = 1;
  print(
    `${kind}: median ${(sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`,
  );
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
