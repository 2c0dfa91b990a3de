import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { copyRows } from '../../../src/store/copy-rows.ts';
import { createStoreDatabase, type StoreDatabase } from '../../support/databases.ts';

let database: StoreDatabase;

beforeAll(async () => {
  database = await createStoreDatabase();
  await database.store.read.query(
    'CREATE TABLE copied (place integer, words text, bytes bytea, flag boolean)',
  );
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
});

// PostgreSQL stores no NUL, and turns lone surrogates into U+FFFD: the mapping refuses both before they come here.
const words = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed() && !text.includes('\0'));
const row = fc.tuple(fc.option(words), fc.option(fc.uint8Array()), fc.option(fc.boolean()));

describe('copying rows', () => {
  it('keeps every text, every byte and every null', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 300 }), async (rows) => {
        const read = await database.store.transaction(async (tx) => {
          await tx.query('DELETE FROM copied');
          const target = { table: 'copied', columns: ['place', 'words', 'bytes', 'flag'] };
          await copyRows(
            tx,
            target,
            rows.map(([text, bytes, flag], place) => [
              String(place),
              text,
              bytes === null ? null : Buffer.from(bytes),
              flag,
            ]),
          );
          return await tx.query<{ words: string | null; bytes: Buffer | null; flag: boolean | null }[]>(
            'SELECT words, bytes, flag FROM copied ORDER BY place',
          );
        });
        expect(
          read.map(({ words: text, bytes, flag }) => [text, bytes === null ? null : [...bytes], flag]),
        ).toEqual(rows.map(([text, bytes, flag]) => [text, bytes === null ? null : [...bytes], flag]));
      }),
      { numRuns: 50 },
    );
  });
});
