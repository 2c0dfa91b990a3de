import type { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { invalid, type AppError, type Problem } from '../../kernel/errors.ts';
import { decodeText } from './decode-text.ts';

/** One row below the header. */
export interface CsvRow {
  /** Where it begins; the header is line 1. */
  readonly line: number;
  /** As many as the header has columns, unless the row is malformed. */
  readonly values: readonly string[];
  /** Of a malformed row whose values were not chosen from: how many it has, and how many the header. */
  readonly counted?: { readonly values: number; readonly header: number };
}

export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: AsyncIterable<CsvRow>;
}

/** Nothing that describes one person is longer, in characters. */
const MAX_ROW = 100_000;
/** Where a file has no line break for so long it is no CSV file. */
const MAX_HEADER = 65_536;

interface ParsedRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number; readonly empty_lines: number };
}

/**
 * Reads CSV with a header, a row at a time: comma, semicolon or tab, whichever
 * the header uses; quotes may hold line breaks; any kind of line end; UTF-8 with
 * or without a byte order mark.
 *
 * @throws AppError `CSV_INVALID` with the line, now or while the rows are read.
 */
export async function readCsv(stream: Readable): Promise<CsvTable> {
  const text = decodeText(stream)[Symbol.asyncIterator]();
  const start = await readStart(text);
  const parser = parse({
    delimiter: findDelimiter(start),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW,
  });
  const fed = feed(parser, start, text);
  const records = readRecords(parser, fed);
  const first = await records.next();
  if (first.done === true) throw csvInvalid('The file is empty.', []);
  return { header: first.value.values.map((name) => name.trim()), rows: records };
}

async function readStart(text: AsyncIterator<string>): Promise<string> {
  let start = '';
  while (!/[\r\n]/.test(start.trimStart())) {
    if (start.length > MAX_HEADER) throw csvInvalid('The first line is too long for a header.', []);
    const next = await text.next();
    if (next.done === true) return start;
    start += next.value;
  }
  return start;
}

/** The separator that the header has most of; a comma when it has none. */
function findDelimiter(start: string): string {
  const header = (/^.*/.exec(start.trimStart())?.[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const counted = [',', ';', '\t'].map((mark) => ({ mark, count: header.split(mark).length }));
  return counted.toSorted((a, b) => b.count - a.count)[0]?.mark ?? ',';
}

type Parser = ReturnType<typeof parse>;

/** Resolves when everything was handed over; what goes wrong meanwhile breaks the parser. */
async function feed(parser: Parser, start: string, rest: AsyncIterator<string>): Promise<void> {
  try {
    let chunk = start;
    for (;;) {
      if (!parser.write(chunk)) await drained(parser);
      const next = await rest.next();
      if (next.done === true) break;
      chunk = next.value;
    }
    parser.end();
  } catch (error) {
    parser.destroy(error instanceof Error ? error : new Error('reading failed', { cause: error }));
  }
}

async function drained(parser: Parser): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    parser.once('drain', resolve);
    parser.once('close', resolve);
    parser.once('error', reject);
  });
}

async function* readRecords(parser: Parser, fed: Promise<void>): AsyncGenerator<CsvRow> {
  let lines = 0;
  let empty = 0;
  try {
    for await (const parsed of parser) {
      const { record, info } = parsed as ParsedRow;
      const line = lines + 1 + info.empty_lines - empty;
      ({ lines, empty_lines: empty } = info);
      yield { line, values: record };
    }
  } catch (error) {
    throw error instanceof CsvError ? syntaxError(error) : error;
  }
  await fed;
}

const REASONS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quoted value begins and never ends',
  CSV_INVALID_CLOSING_QUOTE: 'something follows a closing quote',
  INVALID_OPENING_QUOTE:
    'a quote stands in the middle of a value; quote the whole value and double the quote',
  CSV_MAX_RECORD_SIZE: `the row has more than ${MAX_ROW} characters; perhaps a quote is missing`,
};

function syntaxError(error: CsvError): AppError {
  const { lines } = error as { readonly lines?: unknown };
  const message = REASONS[error.code] ?? error.message;
  return csvInvalid('The file is no valid CSV.', [
    { path: `line ${String(lines)}`, code: error.code, message, remedy: '' },
  ]);
}

function csvInvalid(message: string, problems: readonly Problem[]): AppError {
  return invalid('CSV_INVALID', message, problems);
}
