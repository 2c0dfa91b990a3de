import { createHash } from 'node:crypto';
import type { Connector, DigestPage } from '../connectors/contract/connector.ts';
import { addDigests, bucketOf, digestOf, type BucketDigest } from '../connectors/contract/digest.ts';
import type { RecordKey } from '../connectors/contract/record.ts';
import { openPostgresFixture } from '../test/contract/postgres-fixture.ts';
import { never, openOn, type ConnectorFixture } from '../test/contract/fixture.ts';
import { openMysqlFixture } from '../test/contract/mysql-fixture.ts';
import { startMariadb } from '../test/support/mariadb.ts';
import { startTestServer } from '../test/support/test-server.ts';

/*
 * How long it takes to learn that nothing changed: digests computed inside the
 * database, against reading every record and digesting it here. Both in this run.
 */

const RECORDS = Number(process.argv[2] ?? 1_000_000);
const BUCKETS = 4_096;
const STRETCH = 250_000;
const ROUNDS = 3;

interface Source extends AsyncDisposable {
  readonly name: string;
  readonly fixture: ConnectorFixture;
  /** Statements that fill the table with {@link RECORDS} people. */
  readonly fill: readonly string[];
}

async function onPostgres(): Promise<Source> {
  const server = await startTestServer();
  const fixture = await openPostgresFixture();
  return {
    name: 'PostgreSQL',
    fixture,
    fill: [
      'CREATE TABLE people (id bigint PRIMARY KEY, login text, mail text, given text, family text, pw text)',
      `INSERT INTO people SELECT n, 'user' || n, 'user' || n || '@example.org', 'Given ' || n, 'Family ' || n,
         '$2b$10$' || repeat(md5(n::text), 2) FROM generate_series(1, ${String(RECORDS)}) AS n`,
      'VACUUM ANALYZE people',
    ],
    [Symbol.asyncDispose]: async () => {
      await fixture[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

async function onMariadb(): Promise<Source> {
  const server = await startMariadb(['--innodb-buffer-pool-size=1G']);
  const fixture = await openMysqlFixture(server, { collation: 'utf8mb4_general_ci', sqlMode: '' });
  return {
    name: 'MariaDB',
    fixture,
    fill: [
      'CREATE TABLE people (id bigint PRIMARY KEY, login text, mail text, given text, family text, pw text)',
      `INSERT INTO people SELECT seq, CONCAT('user', seq), CONCAT('user', seq, '@example.org'), CONCAT('Given ', seq),
         CONCAT('Family ', seq), CONCAT('$2b$10$', REPEAT(MD5(seq), 2)) FROM seq_1_to_${String(RECORDS)}`,
      'ANALYZE TABLE people',
    ],
    [Symbol.asyncDispose]: async () => {
      await fixture[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

for (const open of [onPostgres, onMariadb]) {
  await using source = await open();
  await compare(source);
}

async function compare({ name, fixture, fill }: Source): Promise<void> {
  for (const statement of fill) await fixture.execute(statement);
  await using connector = openOn(fixture, 'people', { columns: ['family', 'given', 'login', 'mail'] });
  const ratios: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const inside = await timed(() => digestInside(connector));
    const here = await timed(() => digestHere(connector));
    if (inside.digest !== here.digest) throw new Error('the digests differ');
    ratios.push(here.ms / inside.ms);
    print(
      `${name}, round ${String(round)}: inside ${inside.ms.toFixed(0)} ms, reading and hashing ${here.ms.toFixed(0)} ms, ratio ${(here.ms / inside.ms).toFixed(2)}`,
    );
  }
  const median = ratios.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
  print(
    `digest of ${String(RECORDS)} records on ${name}: ${median.toFixed(2)} × as fast as reading and hashing (median of ${String(ROUNDS)})`,
  );
}

async function timed(work: () => Promise<string>): Promise<{ readonly ms: number; readonly digest: string }> {
  const started = performance.now();
  const digest = await work();
  return { ms: performance.now() - started, digest };
}

async function digestInside(connector: Connector): Promise<string> {
  const found = new Map<number, BucketDigest>();
  let after: RecordKey | null = null;
  do {
    const page: DigestPage | undefined = await connector.records.digest?.(
      { after, limit: STRETCH, buckets: BUCKETS },
      never,
    );
    if (page === undefined) throw new Error('no digests');
    for (const one of page.digests) add(found, one);
    after = page.next;
  } while (after !== null);
  return whole(found);
}

async function digestHere(connector: Connector): Promise<string> {
  const found = new Map<number, BucketDigest>();
  let after: RecordKey | null = null;
  do {
    const { records, next } = await connector.records.page(after, 5_000, never);
    for (const { key, fingerprint } of records)
      add(found, { bucket: bucketOf(key, BUCKETS), records: 1, xor: digestOf(key, fingerprint) });
    after = next;
  } while (after !== null);
  return whole(found);
}

function add(found: Map<number, BucketDigest>, one: BucketDigest): void {
  const other = found.get(one.bucket);
  found.set(one.bucket, other === undefined ? one : addDigests(other, one));
}

function whole(found: ReadonlyMap<number, BucketDigest>): string {
  const lines = [...found.values()].map(
    ({ bucket, records, xor }) => `${String(bucket)} ${String(records)} ${xor}`,
  );
  return createHash('sha256').update(lines.toSorted().join('\n')).digest('hex');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
