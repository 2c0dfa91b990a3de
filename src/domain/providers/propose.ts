import type { Transform } from '../../../connectors/contract/definition.ts';
import type { ProviderSchema, TableSchema } from '../../../connectors/contract/schema.ts';
import { attributeOf, nameScore, type Target } from './column-names.ts';
import { shapeOf, type HashFormats } from './column-shape.ts';
import { judge, type Column } from './judge-column.ts';
import type { NearMiss, Proposal, ProposedField } from './proposal.ts';
import { notesOn } from './proposal-notes.ts';
import { proposeSalt } from './propose-salt.ts';

/**
 * Proposes how the most likely table maps to profiles: by names in a dozen
 * languages, by types, and by what samples look like. Of the samples only the
 * names of account states are repeated, where a switch needs them.
 *
 * @returns null when no table looks like people.
 */
export function propose(schema: ProviderSchema, formats: HashFormats): Proposal | null {
  const ranked = schema.tables
    .map((table) => rank(table, formats))
    .filter(({ worth }) => worth >= LEAST_WORTH)
    .toSorted((a, b) => b.worth - a.worth);
  const [best, ...others] = ranked;
  if (best === undefined) return null;
  return describe(
    best,
    others.map(({ table }) => table.name),
  );
}

/** A table of people has at least two telling columns. */
const LEAST_WORTH = 2;
const WORTH: Readonly<Partial<Record<Target, number>>> = {
  username: 1.5,
  email: 1.5,
  password: 2,
  cursor: 0,
};
const KEY_WORTH = 0.5;

interface Ranked {
  readonly table: TableSchema;
  readonly columns: readonly Column[];
  readonly guesses: readonly Guess[];
  readonly worth: number;
}

function rank(table: TableSchema, formats: HashFormats): Ranked {
  const columns = table.columns.map((column) => ({ ...column, shape: shapeOf(column, formats) }));
  const taken = new Set<string>();
  const guesses = withoutRivals(ORDER.flatMap((target) => guess(target, columns, taken)));
  const worth = guesses.reduce((sum, { target, score }) => sum + score * (WORTH[target] ?? 0.5), 0);
  return { table, columns, guesses, worth: worth + (table.key.length > 0 ? KEY_WORTH : 0) };
}

/** The surest first, so that a column taken is out of the way of vaguer guesses. */
const ORDER: readonly Target[] = [
  'password',
  'email',
  'forceReset',
  'preRegistration',
  'enabled',
  'disabled',
  'status',
  'cursor',
  'givenName',
  'familyName',
  'username',
  'displayName',
  'locale',
];

interface Guess {
  readonly target: Target;
  readonly column: string;
  readonly score: number;
  readonly reason: string;
  readonly transform: readonly Transform[];
}

function guess(target: Target, columns: readonly Column[], taken: Set<string>): Guess[] {
  const [best] = columns
    .filter(({ name }) => !taken.has(name))
    .map((column) => ({ target, column: column.name, ...judge(target, column) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
  if (best === undefined) return [];
  taken.add(best.column);
  return [best];
}

/** One column says who may sign in; the plainest of three kinds. */
const SIGN_IN: readonly Target[] = ['enabled', 'disabled', 'status'];

function withoutRivals(guesses: readonly Guess[]): readonly Guess[] {
  const chosen = SIGN_IN.find((target) => guesses.some((each) => each.target === target));
  return guesses.filter(({ target }) => !SIGN_IN.includes(target) || target === chosen);
}

function describe({ table, columns, guesses }: Ranked, alternatives: readonly string[]): Proposal {
  const taken = new Set(guesses.map(({ column }) => column));
  const attributes = columns.filter(({ name }) => !taken.has(name)).flatMap(proposeAttribute);
  const fields = withNames(withUsername([...guesses.filter(isField).map(toField), ...attributes]), columns);
  const password = columns.find(({ name }) =>
    guesses.some((g) => g.target === 'password' && g.column === name),
  );
  const cursor = guesses.find(({ target }) => target === 'cursor');
  const shape = password?.shape;
  const salt = proposeSalt(columns, password ?? namedLikePasswords(columns));
  return {
    table: table.name,
    reason: `it has ${guesses
      .filter(isField)
      .map(({ column }) => column)
      .join(', ')}`,
    key: table.key,
    cursor: cursor === undefined ? null : { column: cursor.column, reason: cursor.reason },
    fields,
    nearMisses: [...nearMisses(columns, guesses, fields), ...salt.nearMisses],
    hashFormats: shape?.hashes ?? [],
    namedFormat: salt.salted === null && shape?.hashes.length === 0 ? (shape.couldBe[0] ?? null) : null,
    salted: salt.salted,
    alternatives,
    notes: [...notesOn(table, columns, fields), ...salt.notes],
  };
}

function namedLikePasswords(columns: readonly Column[]): Column | undefined {
  return columns.find(({ name }) => nameScore('password', name) > 0);
}

function isField({ target }: Guess): boolean {
  return target !== 'cursor';
}

const PATHS: Readonly<Partial<Record<Target, string>>> = {
  password: 'password.column',
  forceReset: 'password.forceReset',
  preRegistration: 'password.preRegistration',
  disabled: 'mapping.enabled',
  status: 'mapping.enabled',
  cursor: 'changes.cursor',
};

function pathOf(target: Target): string {
  return PATHS[target] ?? `mapping.${target}`;
}

function toField({ target, column, reason, transform }: Guess): ProposedField {
  return { path: pathOf(target), column, transform, reason };
}

function proposeAttribute({ name, shape }: Column): ProposedField[] {
  const attribute = attributeOf(name);
  if (attribute === null || shape.hashes.length > 0) return [];
  return [{ path: `mapping.attributes.${attribute}`, column: name, transform: [], reason: 'its name' }];
}

/** Everybody has a username; where no column says so, people sign in with their address. */
function withUsername(fields: readonly ProposedField[]): readonly ProposedField[] {
  const email = fields.find(({ path }) => path === 'mapping.email');
  if (email === undefined || fields.some(({ path }) => path === 'mapping.username')) return fields;
  const reason = 'no column looks like a username, so people sign in with their address';
  return [{ ...email, path: 'mapping.username', reason }, ...fields];
}

/** A full name written as `Byron, Ada` is two names. */
function withNames(fields: readonly ProposedField[], columns: readonly Column[]): readonly ProposedField[] {
  const full = fields.find(({ path }) => path === 'mapping.displayName');
  const named = fields.some(({ path }) => path === 'mapping.givenName' || path === 'mapping.familyName');
  const column = columns.find(({ name, shape }) => name === full?.column && shape.familyFirst);
  if (column === undefined || named) return fields;
  const part = (path: string, take: number): ProposedField => ({
    path,
    column: column.name,
    transform: [{ split: { by: ',', take } }, 'trim'],
    reason: 'its values are written as family name, comma, given name',
  });
  return [...fields, part('mapping.givenName', 2), part('mapping.familyName', 1)];
}

/** Columns that seemed to fit something nobody else was taken for, or that lost against another. */
function nearMisses(
  columns: readonly Column[],
  guesses: readonly Guess[],
  fields: readonly ProposedField[],
): readonly NearMiss[] {
  const used = new Set([...fields, ...guesses].map(({ column }) => column));
  const filled = new Map(fields.map(({ path, column }) => [path, column]));
  return columns
    .filter(({ name }) => !used.has(name))
    .flatMap((column) =>
      ORDER.flatMap((target): NearMiss[] => {
        const { score, reason } = judge(target, column);
        const path = pathOf(target);
        const winner = filled.get(path) ?? '';
        if (score > 0)
          return [
            { path, column: column.name, reason: `${winner === '' ? 'another column' : winner} fits better` },
          ];
        return reason === '' ? [] : [{ path, column: column.name, reason }];
      }).slice(0, 1),
    );
}
