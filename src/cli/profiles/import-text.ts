import type { FileLook, ImportPreview, ImportReport } from '../asks/profiles.ts';
import { printable, type Output } from '../output.ts';

export function reportText({ rows, created, emails, refused, problems }: ImportReport): string {
  return outcomeText(`${created} of ${rows} people were entered`, { emails, refused, problems });
}

/** The first people as they would be entered, and what would not be. */
export function previewText(output: Output, { rows, good, people, ...rest }: ImportPreview): string {
  const shown = people.map(({ line, username, email, forceReset, preRegistration }) => [
    String(line),
    username,
    email ?? '',
    forceReset ? 'yes' : 'no',
    preRegistration ? 'yes' : 'no',
  ]);
  const heads = ['LINE', 'USERNAME', 'EMAIL', 'FORCE RESET', 'PRE-REGISTRATION'];
  const table = people.length === 0 ? [] : [output.table(heads, shown, '')];
  return [...table, outcomeText(`${good} of ${rows} people would be entered`, rest)].join('\n');
}

function outcomeText(
  done: string,
  { emails, refused, problems }: Pick<ImportReport, 'emails' | 'refused' | 'problems'>,
): string {
  const mail = emails === 0 ? '' : `; ${emails} registration e-mails`;
  const left = refused === 0 ? '' : `; ${refused} rows were left out:`;
  const lines = problems.map(({ path, message }) => `  ${printable(path)}: ${printable(message)}`);
  return [`${done}${mail}${left}`, ...lines].join('\n');
}

/** Each column, for which fields it would be taken, and what is in it. */
export function lookText(output: Output, { columns, suggestion }: FileLook): string {
  const fieldsOf = (name: string): string =>
    Object.entries(suggestion)
      .filter(([, column]) => column === name)
      .map(([field]) => field)
      .join(', ');
  return output.table(
    ['COLUMN', 'FIELD', 'SAMPLES'],
    columns.map(({ name, samples, passwords }) => [
      name,
      fieldsOf(name),
      passwords ? 'passwords, which are not imported' : samples.join(', '),
    ]),
    'The file has no columns.',
  );
}

/** The suggestion, as `--columns` takes it. */
export function chosenText({ suggestion }: FileLook): string {
  return Object.entries(suggestion)
    .map(([field, column]) => quoted(`${field}=${printable(column)}`))
    .join(' ');
}

/** For a shell. */
function quoted(word: string): string {
  return /^[\w=.@-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
