import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readCsv, type CsvRow } from '../../../../src/app/profiles/read-csv.ts';
import { AppError } from '../../../../src/kernel/errors.ts';

async function read(
  bytes: string | Buffer,
  cut = 65_536,
): Promise<{ header: readonly string[]; rows: CsvRow[] }> {
  const buffer = Buffer.from(bytes);
  const chunks = Array.from({ length: Math.ceil(buffer.length / cut) }, (_, n) =>
    buffer.subarray(n * cut, (n + 1) * cut),
  );
  const table = await readCsv(Readable.from(chunks));
  const rows: CsvRow[] = [];
  for await (const row of table.rows) rows.push(row);
  return { header: table.header, rows };
}

async function refusal(bytes: string | Buffer): Promise<AppError> {
  const error: unknown = await read(bytes).catch((thrown: unknown) => thrown);
  if (error instanceof AppError) return error;
  throw new Error('nothing was refused', { cause: error });
}

const HEADER = ['username', 'email', 'givenName'];
const value = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
const row = fc.tuple(value, value, value);

describe('CSV', () => {
  it('comes back as it was written, whatever the separator, the line ends and the chunks', async () => {
    const settings = fc.record({
      rows: fc.array(row, { maxLength: 20 }),
      mark: fc.constantFrom(',', ';', '\t'),
      end: fc.constantFrom('\n', '\r\n'),
      bom: fc.boolean(),
      cut: fc.integer({ min: 1, max: 50 }),
    });
    await fc.assert(
      fc.asyncProperty(settings, async ({ rows, mark, end, bom, cut }) => {
        const quoted = rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(mark));
        const text = `${bom ? '\uFEFF' : ''}${[HEADER.join(mark), ...quoted].join(end)}${end}`;
        const back = await read(text, cut);
        expect(back.header).toEqual(HEADER);
        expect(back.rows.map(({ values }) => values)).toEqual(rows);
      }),
      { numRuns: 200 },
    );
  });

  it('knows at which line a row begins, past quoted line breaks and empty lines', async () => {
    const { rows } = await read('username,givenName\nada,"A\nB"\n\nbob,C\n');
    expect(rows).toEqual([
      { line: 2, values: ['ada', 'A\nB'] },
      { line: 5, values: ['bob', 'C'] },
    ]);
  });

  it('is a header and nothing else, or not even that', async () => {
    expect(await read('username,email')).toEqual({ header: ['username', 'email'], rows: [] });
    expect((await refusal('')).code).toBe('CSV_INVALID');
    expect((await refusal('\n\n')).code).toBe('CSV_INVALID');
  });

  it('says where a quote is wrong', async () => {
    const open = await refusal('username\n"ada\nbob\n');
    expect(open.problems).toMatchObject([{ code: 'CSV_QUOTE_NOT_CLOSED' }]);
    const stray = await refusal('username\nad"a"\n');
    expect(stray.problems).toMatchObject([{ path: 'line 2', code: 'INVALID_OPENING_QUOTE' }]);
  });

  it.each([
    ['UTF-16', Buffer.from('username,email\n', 'utf16le')],
    ['Latin 1', Buffer.from('username\nbj\u00f6rn\n', 'latin1')],
    ['a spreadsheet', Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0xff])],
  ])('refuses %s', async (_, bytes) => {
    expect((await refusal(bytes)).code).toBe('FILE_NOT_TEXT');
  });

  it('gives up on a file without line breaks, and on a row without end', async () => {
    expect((await refusal('x'.repeat(200_000))).code).toBe('CSV_INVALID');
    expect((await refusal(`username\n"${'x'.repeat(200_000)}"\n`)).code).toBe('CSV_INVALID');
  });
});
