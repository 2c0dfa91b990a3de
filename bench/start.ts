import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createStoreDatabase } from '../test/support/databases.ts';
import { startTestServer } from '../test/support/test-server.ts';

/*
 * How long a command takes before it does anything: its help, and a list from a
 * store, as ratios to a Node that does nothing. Fails when help takes more than
 * eight times as long.
 */

const ROUNDS = Number(process.argv[2] ?? 11);
const MOST_TIMES = 8;
const COMMAND = path.resolve('bin/tributary');

await using _server = await startTestServer();
await using store = await createStoreDatabase();
const folder = mkdtempSync(path.join(tmpdir(), 'tributary-bench-'));
const env = { ...process.env, NODE_OPTIONS: '', DATABASE_URL: store.url, TRIBUTARY_DATA_DIR: folder };

const kinds: Readonly<Record<string, readonly string[]>> = {
  'node -e 0': ['-e', '0'],
  'tributary --help': [COMMAND, '--help'],
  'tributary provider apply --help': [COMMAND, 'provider', 'apply', '--help'],
  'tributary provider list': [COMMAND, 'provider', 'list'],
};
const times = new Map(Object.keys(kinds).map((kind): [string, number[]] => [kind, []]));
// In turns, so that what else the machine does falls on all of them.
for (let round = 0; round < ROUNDS; round += 1)
  for (const [kind, args] of Object.entries(kinds)) times.get(kind)?.push(timeOf(args));
const bare = median(times.get('node -e 0') ?? []);
for (const [kind, taken] of times) {
  const ratio = median(taken) / bare;
  process.stdout.write(
    `${kind.padEnd(34)} ${median(taken).toFixed(0).padStart(5)} ms  ${ratio.toFixed(1)} times a bare Node\n`,
  );
  if (kind.endsWith('--help') && ratio > MOST_TIMES) process.exitCode = 1;
}
rmSync(folder, { recursive: true });

function timeOf(args: readonly string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [...args], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - started;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
