import type { Readable } from 'node:stream';
import { suggestColumns } from '../../domain/profiles/suggest-columns.ts';
import { isImportable, isPasswordColumn } from './import-row.ts';
import { readCsv } from './read-csv.ts';

/** One column of a file, for choosing what it is taken for. */
export interface FileColumn {
  readonly name: string;
  /** The first few values; none of a column that holds passwords. */
  readonly samples: readonly string[];
  /** Its name says that it holds passwords, which are not imported. */
  readonly passwords: boolean;
}

export interface FileLook {
  readonly columns: readonly FileColumn[];
  /** For each field the column that it most likely is in. */
  readonly suggestion: Readonly<Record<string, string>>;
}

const SAMPLES = 3;
const LONGEST = 100;

/**
 * The columns of a file, with what each most likely holds. Looks at the first rows only: the beginning of a file is
 * enough, wherever it is cut off.
 *
 * @throws AppError `CSV_INVALID`, `FILE_NOT_TEXT`
 */
export async function lookAtFile(stream: Readable): Promise<FileLook> {
  const { header, rows } = await readCsv(stream);
  const samples: (readonly string[])[] = [];
  for await (const { values } of rows) {
    samples.push(values);
    if (samples.length === SAMPLES) break;
  }
  const columns = header.map((name, at) => {
    const passwords = isPasswordColumn(name);
    const secret = passwords || name === 'temporaryPassword';
    const shown = secret ? [] : samples.map((values) => (values[at] ?? '').slice(0, LONGEST));
    return { name, passwords, samples: shown.filter((value) => value !== '') };
  });
  return { columns, suggestion: { ...suggestColumns(header), ...own(header) } };
}

/** Columns that have the name of a field are that field. */
function own(header: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(header.filter(isImportable).map((name) => [name, name]));
}
