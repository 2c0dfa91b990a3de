import type { Transform } from '../../../connectors/contract/definition.ts';
import type { ColumnSchema, ProviderSchema, TableSchema } from '../../../connectors/contract/schema.ts';
import { attributeOf, nameScore, TRANSFORMS, type Target } from './column-names.ts';
import { shapeOf, type ColumnShape, type FormatOf } from './column-shape.ts';

/** One guess, with why. */
export interface ProposedField {
  /** `mapping.email`, `mapping.attributes.department`, `password.column`, … */
  readonly path: string;
  readonly column: string;
  readonly transform: readonly Transform[];
  readonly reason: string;
}

/** A guess at what of a database are its people. */
export interface Proposal {
  readonly table: string;
  /** Empty: the table has no key that records could be told apart by. */
  readonly key: readonly string[];
  readonly fields: readonly ProposedField[];
  /** The formats of the hashes that were recognised. */
  readonly hashFormats: readonly string[];
  /** What somebody has to decide. */
  readonly notes: readonly string[];
}

/**
 * Proposes how the most likely table maps to profiles: by names in five
 * languages, by types, and by what samples look like. No sample is repeated.
 *
 * @returns null when no table looks like people.
 */
export function propose(schema: ProviderSchema, formatOf: FormatOf): Proposal | null {
  const ranked = schema.tables
    .map((table) => proposeTable(table, formatOf))
    .filter((candidate) => candidate.worth >= LEAST_WORTH)
    .toSorted((a, b) => b.worth - a.worth);
  return ranked[0]?.proposal ?? null;
}

/** A table of people has at least two telling columns. */
const LEAST_WORTH = 2;
const WORTH: Readonly<Partial<Record<Target, number>>> = { username: 1.5, email: 1.5, password: 2 };
const KEY_WORTH = 0.5;

interface Column extends ColumnSchema {
  readonly shape: ColumnShape;
}

function proposeTable(table: TableSchema, formatOf: FormatOf): { proposal: Proposal; worth: number } {
  const columns = table.columns.map((column) => ({ ...column, shape: shapeOf(column, formatOf) }));
  const taken = new Set<string>();
  const guesses = ORDER.flatMap((target) => guess(target, columns, taken));
  const worth = guesses.reduce((sum, { target, score }) => sum + score * (WORTH[target] ?? 0.5), 0);
  const attributes = columns.filter(({ name }) => !taken.has(name)).flatMap(proposeAttribute);
  const password = columns.find(({ name }) =>
    guesses.some((g) => g.target === 'password' && g.column === name),
  );
  const fields = [...guesses.map(toField), ...attributes];
  const proposal = {
    table: table.name,
    key: table.key,
    fields: withUsername(fields),
    hashFormats: password?.shape.hashes ?? [],
    notes: notesOn(table, fields),
  };
  return { proposal, worth: worth + (table.key.length > 0 ? KEY_WORTH : 0) };
}

/** The surest first, so that a column taken is out of the way of vaguer guesses. */
const ORDER: readonly Target[] = [
  'password',
  'email',
  'forceReset',
  'enabled',
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
}

function guess(target: Target, columns: readonly Column[], taken: Set<string>): Guess[] {
  const best = columns
    .filter(({ name }) => !taken.has(name))
    .map((column) => ({ target, column: column.name, ...judge(target, column) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)[0];
  if (best === undefined) return [];
  taken.add(best.column);
  return [best];
}

function judge(target: Target, { name, shape }: Column): { score: number; reason: string } {
  const named = nameScore(target, name);
  const reason = named > 0 ? `its name` : '';
  if (target === 'password') return judgeBySample(named, shape.hashes.length > 0, describeHashes(shape));
  if (target === 'email') return judgeBySample(named, shape.emails, 'its values look like e-mail addresses');
  if (target === 'enabled' || target === 'forceReset')
    return shape.booleans
      ? { score: named, reason: `its name, and it holds yes or no` }
      : { score: 0, reason: '' };
  const wrong = shape.hashes.length > 0 || (shape.emails && target !== 'username');
  return { score: wrong ? 0 : named, reason };
}

/** What values look like says more than a name; both together are as good as certain. */
function judgeBySample(
  named: number,
  looks: boolean,
  looksReason: string,
): { score: number; reason: string } {
  if (named > 0)
    return { score: named + (looks ? 1 : 0), reason: looks ? `its name, and ${looksReason}` : 'its name' };
  return { score: looks ? 1 : 0, reason: looksReason };
}

function describeHashes({ hashes }: ColumnShape): string {
  return `its values are password hashes (${hashes.join(', ')})`;
}

const PATHS: Readonly<Partial<Record<Target, string>>> = {
  password: 'password.column',
  forceReset: 'password.forceReset',
};

function toField({ target, column, reason }: Guess): ProposedField {
  return { path: PATHS[target] ?? `mapping.${target}`, column, transform: TRANSFORMS[target] ?? [], reason };
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

/** Columns that say the opposite of `enabled`, which a mapping cannot turn round. */
const OPPOSITE = /(?:^|_)(?:disabled|deleted|locked|blocked|inactive|banned|suspended)(?:_|$)/i;

function notesOn(table: TableSchema, fields: readonly ProposedField[]): readonly string[] {
  const has = (path: string): boolean => fields.some((field) => field.path === path);
  const opposite = table.columns.find(({ name }) => OPPOSITE.test(name));
  const notes: string[] = [];
  if (table.key.length === 0)
    notes.push(
      `${table.name} has no primary key: name columns in source.key that are unique and never empty`,
    );
  if (opposite !== undefined && !has('mapping.enabled'))
    notes.push(`${opposite.name} seems to say who may not sign in: leave those out with source.where`);
  if (!has('password.column')) notes.push('no column looks like password hashes');
  if (!has('mapping.email')) notes.push('no column looks like e-mail addresses: pre-registration needs one');
  return notes;
}
