import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { requestRun } from '../src/app/runs/request-run.ts';
import { showRun } from '../src/app/runs/show-run.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../test/support/context.ts';
import { requireProgram } from '../test/support/programs.ts';
import { startTestServer } from '../test/support/test-server.ts';

/*
 * How long a first import takes, as a ratio to a bare COPY of the rows it wrote:
 * psql reads them from the tables and another psql writes them into empty copies
 * of the same tables with their indexes. Both in this run, on this machine.
 */

const PEOPLE_COUNT = Number(process.argv[2] ?? 100_000);
const ROUNDS = 3;
/** However many people a provider has. */
const MOST_RESIDENT_MIB = 300;
/** What a first import writes, one row for each person. */
const TABLES = ['profiles', 'links', 'credentials', 'profile_events'] as const;

await using _server = await startTestServer();
const psql = await requireProgram('psql', ['postgresql-client']);
const ratios: number[] = [];
for (let round = 1; round <= ROUNDS; round += 1) ratios.push(await measure(round));
const median = ratios.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
print(
  `import of ${PEOPLE_COUNT} people: ${median.toFixed(2)} × psql COPY TO | COPY FROM (median of ${ROUNDS})`,
);

async function measure(round: number): Promise<number> {
  await using world = await createWorld(PEOPLE + people(PEOPLE_COUNT));
  await aProvider(world);
  const cause = { kind: 'operator', name: 'bench' } as const;
  const { runId } = await requestRun(world.context, { provider: 'acme-hr', kind: 'full', cause });
  const peakKiB = await carryOut(world, runId);
  const { startedAt, finishedAt } = await showRun(world.context, runId);
  const imported = Number(finishedAt) - Number(startedAt);
  const copied = await copyTables(world);
  const ratio = imported / copied;
  if (peakKiB / 1024 > MOST_RESIDENT_MIB) process.exitCode = 1;
  print(
    `round ${round}: import ${imported} ms, COPY ${copied.toFixed(0)} ms, ratio ${ratio.toFixed(2)}, peak ${(peakKiB / 1024).toFixed(0)} MiB resident`,
  );
  return ratio;
}

/** In a process of its own, so that its memory is its own. @returns its peak, in KiB. */
async function carryOut(world: World, runId: string): Promise<number> {
  const order = JSON.stringify({ url: world.database.url, key: world.key.toString('hex'), runId });
  const child = spawn(process.execPath, ['bench/import-child.mjs'], {
    env: { ...process.env, CARRY_OUT: order },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const result = JSON.parse(await text(child.stdout)) as { state: string; peakKiB: number };
  if (result.state !== 'done') throw new Error(`the import ended as ${result.state}`);
  return result.peakKiB;
}

/** @returns milliseconds for all tables. */
async function copyTables({ context, database }: World): Promise<number> {
  let total = 0;
  for (const table of TABLES) {
    await context.store.read.query(`CREATE TABLE copy_of_${table} (LIKE ${table} INCLUDING ALL)`);
    const started = performance.now();
    await pipe(database.url, table);
    total += performance.now() - started;
  }
  return total;
}

async function pipe(url: string, table: string): Promise<void> {
  const from = spawn(psql, [url, '-qc', `COPY ${table} TO STDOUT`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const to = spawn(psql, [url, '-qc', `COPY copy_of_${table} FROM STDIN`], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  from.stdout.pipe(to.stdin);
  const [code] = (await once(to, 'exit')) as [number];
  if (code !== 0) throw new Error(`psql could not copy ${table}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
