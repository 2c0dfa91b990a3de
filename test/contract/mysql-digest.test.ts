import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDigests, bucketOf, digestOf, type BucketDigest } from '../../connectors/contract/digest.ts';
import type { Connector } from '../../connectors/contract/connector.ts';
import { fingerprintOf, type RecordKey } from '../../connectors/contract/record.ts';
import { describeBoth } from '../support/both-servers.ts';
import { fingerprintsOf, makeTable, never, openOn, readAll } from './fixture.ts';
import { openMysqlFixture, type MysqlFixture } from './mysql-fixture.ts';

const BUCKETS = 8;

describeBoth('digests computed by', (server, { collation }) => {
  let fixture: MysqlFixture;
  beforeAll(async () => {
    fixture = await openMysqlFixture(server(), { collation, sqlMode: '' });
  });
  afterAll(async () => {
    await fixture[Symbol.asyncDispose]();
  });

  /** Digests of the whole source, a few records at a time. */
  async function digestsOf(connector: Connector, limit: number): Promise<Map<number, BucketDigest>> {
    const sum = new Map<number, BucketDigest>();
    let after: RecordKey | null = null;
    do {
      const page = await connector.records.digest!({ after, limit, buckets: BUCKETS }, never);
      for (const digest of page.digests) {
        const known = sum.get(digest.bucket);
        sum.set(digest.bucket, known === undefined ? digest : addDigests(known, digest));
      }
      after = page.next;
    } while (after !== null);
    return sum;
  }

  /** What the digests must be, from records that were read. */
  async function expected(connector: Connector): Promise<Map<number, BucketDigest>> {
    const sum = new Map<number, BucketDigest>();
    for (const { key, fingerprint } of await readAll(connector, 7)) {
      const bucket = bucketOf(key, BUCKETS);
      const digest = { bucket, records: 1, xor: digestOf(key, fingerprint) };
      const known = sum.get(bucket);
      sum.set(bucket, known === undefined ? digest : addDigests(known, digest));
    }
    return sum;
  }

  const hex = (bytes: Buffer): string => (bytes.length === 0 ? "''" : `x'${bytes.toString('hex')}'`);
  const quoted = (bytes: Buffer | null): string => (bytes === null ? 'NULL' : hex(bytes));
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(
      '',
      ' ',
      '~',
      '0:',
      '1:a',
      'a',
      'A',
      'a ',
      '\u00e4',
      '\\x41',
      'a,b',
      'a\\',
      '\ufeff',
      '\u0000',
    ),
  );
  const asBuffer = text.map((value) => Buffer.from(value));
  const bytes = fc.oneof(
    asBuffer,
    fc.uint8Array({ maxLength: 9 }).map((value) => Buffer.from(value)),
    fc
      .constantFrom('eda080', 'edbfbf', 'ed9fbf', 'c080', 'f4908080', 'fffe')
      .map((value) => Buffer.from(value, 'hex')),
  );

  it('are the fingerprints and digests of the contract, whatever the values: text, bytes, NULL and empty', async () => {
    const table = await makeTable(
      fixture,
      'k varbinary(60), t varchar(60), one varchar(60), two varbinary(60), pw varchar(60) CHARACTER SET latin1, PRIMARY KEY (k, t)',
    );
    await using connector = openOn(fixture, table, {
      source: { table, key: ['k', 't'] },
      columns: ['one', 'two'],
    });
    const row = fc.tuple(
      bytes,
      asBuffer,
      fc.option(asBuffer),
      fc.option(bytes),
      fc.option(fc.string({ maxLength: 20 })),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 9 }),
        async (rows, limit) => {
          await fixture.execute(`TRUNCATE ${table}`);
          await fixture.execute(
            `INSERT IGNORE INTO ${table} VALUES ${rows
              .map(
                ([k, t, one, two, pw]) =>
                  `(${[k, t, one, two, pw === null ? null : Buffer.from(pw)].map(quoted).join(', ')})`,
              )
              .join(', ')}`,
          );
          const records = await readAll(connector, 4);
          const bulk = await fingerprintsOf(connector);
          expect(records.map(({ key, fingerprint }) => [key, fingerprint])).toEqual([...bulk]);
          expect(await digestsOf(connector, limit)).toEqual(await expected(connector));
          for (const { values, passwordHash, fingerprint, problems } of records)
            if (problems.length === 0)
              expect(fingerprint).toBe(
                fingerprintOf([values['one'] ?? null, values['two'] ?? null, passwordHash?.reveal() ?? null]),
              );
          const keys = records.map(({ key }) => key);
          const found = await connector.records.get(keys, never);
          expect(found.map(({ key }) => key).toSorted()).toEqual(keys.toSorted());
        },
      ),
      { numRuns: 30 },
    );
  });

  it('are of the buckets asked for alone', async () => {
    const rows = Array.from({ length: 300 }, (_, n) => `(${String(n)}, 'm', 'h')`);
    const table = await makeTable(fixture, 'id bigint PRIMARY KEY, mail varchar(9), pw varchar(9)', rows);
    await using connector = openOn(fixture, table);
    const wanted = new Set([1, 6]);
    const found: string[] = [];
    for await (const [key] of connector.records.fingerprints(never, { buckets: BUCKETS, wanted }))
      found.push(key);
    const all = (await readAll(connector, 500)).map(({ key }) => key);
    expect(found).toEqual(all.filter((key) => wanted.has(bucketOf(key, BUCKETS))));
    expect(found.length).toBeGreaterThan(20);
    const none = connector.records.fingerprints(never, { buckets: BUCKETS, wanted: new Set() });
    for await (const _ of none) throw new Error('nothing was asked for');
  });

  it('agree where the server may not build the text of a record, and for values that are not read', async () => {
    const table = await makeTable(
      fixture,
      `id bigint PRIMARY KEY, ${Array.from({ length: 18 }, (_, n) => `c${String(n)} mediumtext`).join(', ')}`,
    );
    const columns = Array.from({ length: 18 }, (_, n) => `c${String(n)}`);
    const large = (n: number): string => columns.map(() => `REPEAT('x', ${String(n)})`).join(', ');
    await fixture.execute(
      `INSERT INTO ${table} VALUES (1, ${large(1_048_576)}), (2, ${large(9)}), (3, ${large(1_048_577)})`,
    );
    await fixture.execute(`SET GLOBAL max_allowed_packet = ${String(16 * 1024 * 1024)}`);
    try {
      await using connector = openOn(fixture, table, {
        columns: columns.toSorted(),
        passwordColumn: null,
        writeBack: null,
      });
      const page = await connector.records.digest!({ after: null, limit: 10, buckets: BUCKETS }, never);
      expect(page.digests.reduce((sum, { records }) => sum + records, 0)).toBe(3);
      const bulk = await fingerprintsOf(connector);
      const records = await readAll(connector, 1);
      expect(records.map(({ fingerprint }) => fingerprint)).toEqual([...bulk.values()]);
      expect(records.map(({ problems }) => problems.length)).toEqual([0, 0, 18]);
    } finally {
      await fixture.execute(`SET GLOBAL max_allowed_packet = ${String(256 * 1024 * 1024)}`);
    }
  });
});
