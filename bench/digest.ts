import { createHash } from 'node:crypto';
import type { DigestPage } from '../connectors/contract/connector.ts';
import { addDigests, bucketOf, digestOf, type BucketDigest } from '../connectors/contract/digest.ts';
import type { RecordKey } from '../connectors/contract/record.ts';
import { openPostgresFixture } from '../test/contract/postgres-fixture.ts';
import { never, openOn } from '../test/contract/fixture.ts';
import { startTestServer } from '../test/support/test-server.ts';

/*
 * How long it takes to learn that nothing changed: digests computed inside the
 * database, against reading every record and digesting it here. Both in this run.
 */

const RECORDS = Number(process.argv[2] ?? 1_000_000);
const BUCKETS = 4_096;
const STRETCH = 250_000;
const ROUNDS = 3;

await using _server = await startTestServer();
await using fixture = await openPostgresFixture();
await fixture.execute(
  'CREATE TABLE people (id bigint PRIMARY KEY, login text, mail text, given text, family text, pw text)',
);
await fixture.execute(
  `INSERT INTO people SELECT n, 'user' || n, 'user' || n || '@example.org', 'Given ' || n, 'Family ' || n,
     '$2b$10$' || repeat(md5(n::text), 2) FROM generate_series(1, ${String(RECORDS)}) AS n`,
);
await fixture.execute('VACUUM ANALYZE people');
await using connector = openOn(fixture, 'people', { columns: ['family', 'given', 'login', 'mail'] });

const ratios: number[] = [];
for (let round = 1; round <= ROUNDS; round += 1) {
  const inside = await timed(digestInside);
  const here = await timed(digestHere);
  if (inside.digest !== here.digest) throw new Error('the digests differ');
  ratios.push(here.ms / inside.ms);
  print(
    `round ${String(round)}: inside ${inside.ms.toFixed(0)} ms, reading and hashing ${here.ms.toFixed(0)} ms, ratio ${(here.ms / inside.ms).toFixed(2)}`,
  );
}
const median = ratios.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
print(
  `digest of ${String(RECORDS)} records: ${median.toFixed(2)} × as fast as reading and hashing (median of ${String(ROUNDS)})`,
);

async function timed(work: () => Promise<string>): Promise<{ readonly ms: number; readonly digest: string }> {
  const started = performance.now();
  const digest = await work();
  return { ms: performance.now() - started, digest };
}

async function digestInside(): Promise<string> {
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

async function digestHere(): Promise<string> {
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
