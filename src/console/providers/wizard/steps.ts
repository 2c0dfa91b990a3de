import { at, kindOf, textAt, type Document } from '../draft/document.ts';
import type { Editing, FieldProblem } from '../forms/editing.tsx';

export const STEP_IDS = [
  'kind',
  'connection',
  'source',
  'changes',
  'mapping',
  'passwords',
  'schedule',
  'safeguards',
  'plan',
  'done',
] as const;

export type StepId = (typeof STEP_IDS)[number];

export interface StepAbout {
  readonly id: StepId;
  /** In the list of steps. */
  readonly short: string;
  /** Over the step. */
  readonly title: string;
  /** What of a definition is said here: problems with it are mended here. */
  readonly settings: readonly string[];
}

const ALL: readonly StepAbout[] = [
  { id: 'kind', short: 'Kind', title: 'What to register', settings: ['name', 'connector', 'template'] },
  { id: 'connection', short: 'Connection', title: 'Where the database is', settings: ['connection'] },
  { id: 'source', short: 'Source', title: 'Which records', settings: ['source'] },
  {
    id: 'changes',
    short: 'Changes',
    title: 'How changes are found',
    settings: ['changes.mode', 'changes.cursor', 'changes.overlapMinutes'],
  },
  { id: 'mapping', short: 'Mapping', title: 'How records become people', settings: ['mapping'] },
  { id: 'passwords', short: 'Passwords', title: 'Passwords and the first sign-in', settings: ['password'] },
  {
    id: 'schedule',
    short: 'Schedule',
    title: 'When runs start',
    settings: ['changes.full', 'changes.delta', 'changes.timeZone'],
  },
  { id: 'safeguards', short: 'Safeguards', title: 'When to stop and ask', settings: ['safeguards', 'match'] },
  { id: 'plan', short: 'Dry run', title: 'What would happen', settings: [] },
  { id: 'done', short: 'Done', title: 'The first run', settings: [] },
];

/** The steps for a kind of provider: what pushes has no connection, and one way to tell of changes. */
export function stepsFor(document: Document): readonly StepAbout[] {
  return kindOf(document) === 'push' ? ALL.filter(({ id }) => id !== 'connection' && id !== 'changes') : ALL;
}

/** Whether a problem is mended at a step. */
export function belongsTo({ settings }: StepAbout, { path }: FieldProblem): boolean {
  return settings.some(
    (setting) => path === setting || (/^[.[]/.test(path.slice(setting.length)) && path.startsWith(setting)),
  );
}

const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const MOST_NAME = 63;

/** What is plainly missing at a step; the rest is for the API to say. @param taken names of other providers. */
export function missingAt(
  step: StepId,
  document: Document,
  taken: readonly string[],
): readonly FieldProblem[] {
  if (step === 'kind') return nameProblems(textAt(document, 'name'), taken);
  if (step === 'connection') return neededAt(document, neededConnection(document));
  if (step === 'source') return sourceProblems(document);
  if (step === 'mapping' && at(document, 'mapping.username') === undefined)
    return [lacking('mapping.username', 'People need a username.')];
  return [];
}

function nameProblems(name: string, taken: readonly string[]): readonly FieldProblem[] {
  if (name === '') return [lacking('name', 'Give it a name.')];
  if (!NAME.test(name) || name.length > MOST_NAME)
    return [lacking('name', 'Lower-case letters and digits, with single hyphens between them; at most 63.')];
  return taken.includes(name) ? [lacking('name', 'There is a provider of this name.')] : [];
}

type Needed = readonly (readonly [path: string, words: string])[];

function neededConnection(document: Document): Needed {
  if (kindOf(document) === 'sqlite') return [['connection.file', 'Give the path of the file.']];
  return [
    ['connection.host', 'Give the name or the address of the server.'],
    ['connection.database', 'Give the name of the database.'],
    ['connection.user', 'Give the login.'],
  ];
}

function neededAt(document: Document, needed: Needed): readonly FieldProblem[] {
  return needed
    .filter(([path]) => textAt(document, path) === '')
    .map(([path, words]) => lacking(path, words));
}

function sourceProblems(document: Document): readonly FieldProblem[] {
  const named = textAt(document, 'source.table') + textAt(document, 'source.query');
  const lacks = kindOf(document) !== 'push' && named === '';
  return [
    ...(lacks ? [lacking('source', 'Choose a table or a view, or write a query.')] : []),
    ...(at(document, 'source.key') === undefined
      ? [lacking('source.key', 'Say what tells the records apart.')]
      : []),
  ];
}

/** A table that the database was looked through for, and that is not there: from a template, or gone since. */
export function strayTable({
  document,
  discovery,
  table,
}: Pick<Editing, 'document' | 'discovery' | 'table'>): readonly FieldProblem[] {
  const named = textAt(document, 'source.table');
  if (named === '' || discovery === undefined || table !== undefined) return [];
  const message = `There is no table or view ${named} that the login can see.`;
  const remedy = 'Choose another one, or see whether this is the right database.';
  return [{ path: 'source', code: 'TABLE_MISSING', message, remedy }];
}

function lacking(path: string, message: string): FieldProblem {
  return { path, code: 'MISSING', message, remedy: '' };
}
