import { invalid, type Problem } from '../../kernel/errors.ts';
import { isPasswordColumn } from './import-row.ts';
import type { CsvRow, CsvTable } from './read-csv.ts';

/** For each field the column of the file that it is taken from, by the name in the header. Other columns are left out. */
export type ChosenColumns = Readonly<Record<string, string>>;

/**
 * A file as if its columns were named after fields. One column may be taken for several fields.
 *
 * @throws AppError `IMPORT_REFUSED` for columns that are not there, or that hold passwords.
 */
export function chooseColumns(table: CsvTable, chosen: ChosenColumns | undefined): CsvTable {
  if (chosen === undefined) return table;
  const fields = Object.entries(chosen);
  const problems = fields.flatMap(([field, column]) => problemsOf(table.header, field, column));
  if (problems.length > 0)
    throw invalid('IMPORT_REFUSED', 'The columns of the file cannot be used.', problems);
  const places = fields.map(([, column]) => table.header.indexOf(column));
  return {
    header: fields.map(([field]) => field),
    rows: choose(table, places),
  };
}

async function* choose({ header, rows }: CsvTable, places: readonly number[]): AsyncIterable<CsvRow> {
  for await (const row of rows) {
    const { line, values } = row;
    const counted = { values: values.length, header: header.length };
    if (counted.values === counted.header) yield { line, values: places.map((at) => values[at] ?? '') };
    else yield { line, values: [], counted };
  }
}

function problemsOf(header: readonly string[], field: string, column: string): readonly Problem[] {
  const path = `line 1, column ${column}`;
  if (!header.includes(column)) {
    const message = `there is no such column to take ${field} from`;
    return [{ path, code: 'COLUMN_MISSING', message, remedy: `There are: ${header.join(', ')}` }];
  }
  if (field !== 'temporaryPassword' || !isPasswordColumn(column)) return [];
  return [
    {
      path,
      code: 'PASSWORD_COLUMN_REFUSED',
      message: 'passwords that people chose cannot be imported',
      remedy: 'If these are temporary passwords, name the column temporaryPassword in the file.',
    },
  ];
}
