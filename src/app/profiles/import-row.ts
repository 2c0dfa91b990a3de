import { Secret } from '../../../connectors/contract/secret.ts';
import { readBoolean } from '../../domain/mapping/read-boolean.ts';
import { nameScore } from '../../domain/providers/column-names.ts';
import { TEXT_FIELDS } from '../../domain/profile.ts';
import { isField, type FieldProblem } from '../../domain/profiles/check-fields.ts';
import type { Problem } from '../../kernel/errors.ts';
import { checkPerson, type CheckedPerson } from './check-person.ts';
import type { CsvRow } from './read-csv.ts';

const FLAGS = ['forceReset', 'preRegistration'];
const KNOWN = [...TEXT_FIELDS, ...FLAGS, 'temporaryPassword'];

/** Whether a column of this name can be imported. */
export function isImportable(name: string): boolean {
  return isField(name) || KNOWN.includes(name);
}

/** Whether a column's name says that it holds passwords, which are not imported. */
export function isPasswordColumn(name: string): boolean {
  return PASSWORDS.test(name) || nameScore('password', name) > 0;
}

/** Names people give a column of passwords; nobody but a person may know that person's password. */
const PASSWORDS = /^(?:password|passwd|pwd|pass|password_?hash)$/i;

/** What is wrong with the names of the columns, all of it at once. */
export function headerProblems(header: readonly string[]): readonly Problem[] {
  const problems = header.map((name, at) => columnProblem(name, header.indexOf(name) < at));
  const found = problems.filter((problem) => problem !== null);
  if (header.includes('username')) return found;
  const message = 'there is no column username';
  return [
    ...found,
    {
      path: 'line 1',
      code: 'COLUMN_MISSING',
      message,
      remedy: `Name the columns in the first line: ${KNOWN.join(',')}`,
    },
  ];
}

function columnProblem(name: string, repeated: boolean): Problem | null {
  const path = `line 1, column ${name}`;
  if (isPasswordColumn(name))
    return {
      path,
      code: 'PASSWORD_COLUMN_REFUSED',
      message: 'passwords that people chose cannot be imported',
      remedy: 'Use temporaryPassword with forceReset, or preRegistration, so that each person chooses one.',
    };
  if (!isImportable(name))
    return {
      path,
      code: 'COLUMN_UNKNOWN',
      message: 'there is no such column',
      remedy: `Known: ${KNOWN.join(', ')} and attributes.NAME.`,
    };
  return repeated ? { path, code: 'COLUMN_REPEATED', message: 'stands twice', remedy: '' } : null;
}

export interface ImportedRow {
  readonly line: number;
  readonly person: CheckedPerson;
  readonly problems: readonly Problem[];
}

/** A row as somebody to be entered, with every problem; to be used only when there are none. */
export function readRow(header: readonly string[], row: CsvRow): ImportedRow {
  const values = new Map(header.map((name, at) => [name, row.values[at] ?? '']));
  const misread: FieldProblem[] = [];
  const flag = (name: string): boolean | null => {
    const text = values.get(name) ?? '';
    const read = text === '' ? null : readBoolean(text);
    if (text !== '' && read === null)
      misread.push({ field: name, code: 'BOOLEAN_UNCLEAR', message: 'is neither yes nor no' });
    return read;
  };
  const temporary = values.get('temporaryPassword') ?? '';
  const { person, problems } = checkPerson({
    given: Object.fromEntries([...values].filter(([name]) => isField(name))),
    forceReset: flag('forceReset'),
    preRegistration: flag('preRegistration') ?? false,
    temporaryPassword: temporary === '' ? null : new Secret(temporary),
  });
  const { line } = row;
  if (row.values.length !== header.length) return { line, person, problems: [countProblem(header, row)] };
  return { line, person, problems: [...misread, ...problems].map((problem) => atLine(line, problem)) };
}

function countProblem(header: readonly string[], { line, values, counted }: CsvRow): Problem {
  const has = counted ?? { values: values.length, header: header.length };
  return {
    path: `line ${line}`,
    code: 'COLUMN_COUNT',
    message: `has ${has.values} values, and the header ${has.header}`,
    remedy: 'Quote values that hold a separator or a line break.',
  };
}

/** A field's problem with its place in the file. */
export function atLine(line: number, { field, code, message }: FieldProblem): Problem {
  return { path: `line ${line}, column ${field}`, code, message, remedy: '' };
}
