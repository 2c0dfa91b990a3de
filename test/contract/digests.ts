import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Connector, DigestPage } from '../../connectors/contract/connector.ts';
import { addDigests, bucketOf, digestOf, type BucketDigest } from '../../connectors/contract/digest.ts';
import type { RecordKey, SourceRecord } from '../../connectors/contract/record.ts';
import { literal, makeTable, never, openOn, readAll, type ConnectorFixture } from './fixture.ts';

/** Everything a text column may hold; no database has a zero byte, and half a surrogate pair is no text. */
const text = fc.oneof(
  fc.constantFrom('', ' ', '~', '0:', '1:a', 'a,b', 'a\\b', '\\', ',', "'", 'é', '日本', '😀', '\n'),
  fc.string({ unit: 'grapheme', maxLength: 12 }).filter((value) => !value.includes('\0')),
);
const value = fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 4, arbitrary: text });

/** Keys that no collation takes for one another: the number tells them apart, the text is there to be escaped. */
const rows = fc.array(fc.tuple(text, value, value), { maxLength: 40 });

function ours(records: readonly SourceRecord[], buckets: number): Map<number, BucketDigest> {
  const found = new Map<number, BucketDigest>();
  for (const { key, fingerprint } of records) {
    const one = { bucket: bucketOf(key, buckets), records: 1, xor: digestOf(key, fingerprint) };
    const other = found.get(one.bucket);
    found.set(one.bucket, other === undefined ? one : addDigests(other, one));
  }
  return found;
}

async function theirs(
  connector: Connector,
  buckets: number,
  limit: number,
): Promise<Map<number, BucketDigest>> {
  const found = new Map<number, BucketDigest>();
  let after: RecordKey | null = null;
  do {
    const page: DigestPage | undefined = await connector.records.digest?.({ after, limit, buckets }, never);
    if (page === undefined) throw new Error('this connector has no digests');
    const sum = page.digests.reduce((records, one) => records + one.records, 0);
    expect(sum).toBeLessThanOrEqual(limit);
    for (const one of page.digests) {
      const other = found.get(one.bucket);
      found.set(one.bucket, other === undefined ? one : addDigests(other, one));
    }
    after = page.next;
  } while (after !== null);
  return found;
}

async function someFingerprints(
  connector: Connector,
  only: { readonly buckets: number; readonly wanted: ReadonlySet<number> },
): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const [key, fingerprint] of connector.records.fingerprints(never, only))
    found.push(`${key} ${fingerprint}`);
  return found;
}

/** Digests computed inside the database, where the connector has them, and fingerprints of some buckets alone. */
export function describeDigests(fixture: () => ConnectorFixture): void {
  const COLUMNS = 'tenant varchar(60), id bigint, mail varchar(60), pw varchar(60), PRIMARY KEY (tenant, id)';

  async function fill(table: string, generated: readonly (readonly (string | null)[])[]): Promise<void> {
    await fixture().execute(`DELETE FROM ${table}`);
    if (generated.length === 0) return;
    const lines = generated.map(([tenant = '', mail = null, pw = null], n) => {
      const texts = [mail, pw].map((one) => literal(fixture(), one)).join(', ');
      return `(${literal(fixture(), tenant)}, ${String(n)}, ${texts})`;
    });
    await fixture().execute(`INSERT INTO ${table} VALUES ${lines.join(', ')}`);
  }

  describe('digests and fingerprints of buckets', () => {
    it('are those of the contract, whatever the records hold and however they are divided', async () => {
      const table = await makeTable(fixture(), COLUMNS);
      await using connector = openOn(fixture(), table, { source: { table, key: ['tenant', 'id'] } });
      const divided = fc.record({ rows, buckets: fc.constantFrom(1, 2, 8, 65_536), limit: fc.nat(20) });
      await fc.assert(
        fc.asyncProperty(divided, async ({ rows: generated, buckets, limit }) => {
          await fill(table, generated);
          const records = await readAll(connector, 1_000);
          expect(records).toHaveLength(generated.length);
          const expected = ours(records, buckets);
          if (connector.records.digest !== undefined)
            expect(await theirs(connector, buckets, limit + 1)).toEqual(expected);
          const wanted = new Set([...expected.keys()].filter((_, at) => at % 2 === 0));
          expect(await someFingerprints(connector, { buckets, wanted })).toEqual(
            records
              .filter(({ key }) => wanted.has(bucketOf(key, buckets)))
              .map(({ key, fingerprint }) => `${key} ${fingerprint}`),
          );
        }),
        { numRuns: 40, examples: [[{ rows: [['', null, '']], buckets: 1, limit: 0 }]] },
      );
    });

    it('tell NULL from the empty text, and one record from the same twice', async () => {
      const table = await makeTable(fixture(), COLUMNS);
      await using connector = openOn(fixture(), table, { source: { table, key: ['tenant', 'id'] } });
      if (connector.records.digest === undefined) return;
      const seen = new Set<string>();
      const fillings = [
        [['t', null, '']],
        [['t', '', null]],
        [['t', null, null]],
        [['t', '', '']],
        [['t', '~', '']],
        [
          ['t', 'a', 'b'],
          ['t', 'a', 'b'],
        ],
      ];
      for (const filling of fillings) {
        await fill(table, filling);
        seen.add(JSON.stringify([...(await theirs(connector, 1, 100)).values()]));
      }
      expect(seen.size).toBe(fillings.length);
      expect([...seen].join()).not.toContain('0'.repeat(32));
    });

    it('leave out what is not in scope, and are nothing where nothing is', async () => {
      const table = await makeTable(fixture(), COLUMNS, ["('t', 1, 'in', 'h')", "('t', 2, 'out', 'h')"]);
      const source = { table, key: ['tenant', 'id'], where: "mail = 'in'" };
      await using connector = openOn(fixture(), table, { source });
      if (connector.records.digest !== undefined)
        expect([...(await theirs(connector, 1, 1)).values()]).toMatchObject([{ records: 1 }]);
      const all = new Set([0]);
      expect(await someFingerprints(connector, { buckets: 1, wanted: all })).toHaveLength(1);
      expect(await someFingerprints(connector, { buckets: 1, wanted: new Set() })).toEqual([]);
      await fixture().execute(`DELETE FROM ${table}`);
      if (connector.records.digest !== undefined)
        await expect(connector.records.digest({ after: null, limit: 9, buckets: 8 }, never)).resolves.toEqual(
          { digests: [], next: null },
        );
    });
  });
}
