import type { ServerOptions } from '../contract/connector.ts';
import { ConnectorError } from '../contract/errors.ts';
import { keyColumn, type KeyColumn } from './key-column.ts';
import { quoteBytes } from './identifiers.ts';
import { bytesOfPart } from './key-part.ts';
import { sourceItem, type ColumnShape, type Shape } from './shape.ts';
import { largerThan, valueOf } from './text-of.ts';

/** The most of one value that we read, in bytes: 1 MiB. Nothing that describes a person is larger. */
export const VALUE_LIMIT = 1_048_576;

/** Stands in a fingerprint for a value we do not read; long enough that nobody stores the same by accident. */
export const TOO_LARGE = 'tributary: larger than is read';

/** A stretch in key order: strictly after one key, up to and including another; null is open. */
export interface Stretch {
  readonly after: readonly string[] | null;
  readonly upTo: readonly string[] | null;
}

/** What rows are ordered by: the key's columns, then what tells apart what their collations take for equal. */
interface Term {
  readonly sql: string;
  readonly literal: (parts: readonly string[]) => string;
}

/** Builds the statements that read one provider. Everything comes back as bytes of UTF-8. */
export class Select {
  readonly key: readonly string[];
  readonly keys: readonly KeyColumn[];
  /** What records hold, in the order that fingerprints have: the columns read, the password column last. */
  readonly read: readonly string[];
  readonly from: string;
  /** Whether several keys may be equal to the server that are not equal to us. */
  readonly ties: boolean;
  readonly #shape: Shape;
  readonly #where: string | undefined;
  readonly #order: readonly Term[];

  constructor(options: ServerOptions, shape: Shape) {
    const { passwordColumn } = options;
    this.key = options.source.key;
    this.read = [
      ...options.columns.filter((name) => name !== passwordColumn),
      ...(passwordColumn === null ? [] : [passwordColumn]),
    ];
    this.from = sourceItem(options.source);
    this.#where = options.source.where;
    this.#shape = shape;
    this.keys = this.key.map((name) => keyColumn(shape.column(name)));
    const tied = shape.keyEnforced ? [] : this.keys.flatMap((column, at) => tieBreaker(column, at));
    this.ties = tied.length > 0;
    this.#order = [...this.keys.map(ownTerm), ...tied];
  }

  /** Records of a stretch in key order. */
  page(stretch: Stretch, limit: number): string {
    return this.stretch(this.list(), stretch, limit);
  }

  /** Any list of expressions over the rows of a stretch, in key order. */
  stretch(list: string, stretch: Stretch, limit: number): string {
    return `SELECT ${list} FROM ${this.from} WHERE ${this.within(stretch)} ORDER BY ${this.order()} LIMIT ${String(limit)}`;
  }

  /** The full order of keys, as the list of an ORDER BY. */
  order(): string {
    return this.#order.map(({ sql }) => sql).join(', ');
  }

  /** Strictly after a key in {@link order}. */
  laterThan(key: readonly string[]): string {
    return afterUnder(this.#order, key);
  }

  /**
   * Key number `place`, from 0, after the given one, in the order of the key's own
   * collations alone, which an index gives; of keys equal under them any may come.
   */
  looseBound(after: readonly string[] | null, place: number): string {
    const order = this.keys.map(({ term }) => term).join(', ');
    const where = this.within({ after, upTo: null });
    return `SELECT ${this.keyList()} FROM ${this.from} WHERE ${where} ORDER BY ${order} LIMIT 1 OFFSET ${String(place)}`;
  }

  /** The same in full order. `upTo` bounds what has to be sorted, under the key's own collations. */
  bound(after: readonly string[] | null, upTo: readonly string[] | null, place: number): string {
    const loose = upTo === null ? '' : ` AND ${upToUnder(this.#order.slice(0, this.keys.length), upTo)}`;
    const where = `${this.within({ after, upTo: null })}${loose}`;
    return `SELECT ${this.keyList()} FROM ${this.from} WHERE ${where} ORDER BY ${this.order()} LIMIT 1 OFFSET ${String(place)}`;
  }

  /** The records with these keys, each of which has a literal. */
  byKeys(keys: readonly (readonly string[])[]): string {
    return `SELECT ${this.list()} FROM ${this.from} WHERE ${this.scope()} AND ${this.isOneOf(keys)}`;
  }

  count(): string {
    return `SELECT COUNT(*) FROM ${this.from} WHERE ${this.scope()}`;
  }

  /** The select list of a whole record: key, {@link read}, and the places in it that are too large. */
  list(): string {
    const columns = this.read.map((name) => this.#shape.column(name));
    const oversized = columns.flatMap((column, at) =>
      column.unbounded ? [`CASE WHEN ${largerThan(column, VALUE_LIMIT)} THEN '${String(at)}' END`] : [],
    );
    const places = oversized.length === 0 ? `''` : `CONCAT_WS(',', ${oversized.join(', ')})`;
    return [this.keyList(), ...columns.map(guarded), places].join(', ');
  }

  /** The key alone, as bytes. */
  keyList(): string {
    return this.keys.map(({ bytes }) => bytes).join(', ');
  }

  /** Which records are in scope. A record without a whole key cannot be told from others, and is not. */
  scope(): string {
    const keys = this.keys.map(({ term }) => `${term} IS NOT NULL`).join(' AND ');
    return this.#where === undefined ? keys : `${keys} AND (\n${this.#where}\n)`;
  }

  /** In scope and in the stretch. */
  within({ after, upTo }: Stretch): string {
    const later = after === null ? '' : ` AND ${this.laterThan(after)}`;
    const bounded = upTo === null ? '' : ` AND ${upToUnder(this.#order, upTo)}`;
    return `${this.scope()}${later}${bounded}`;
  }

  /** Equal to one key, compared as the key's own types: others may be too. Null when no record can have it. */
  keyEquals(parts: readonly string[]): string | null {
    const literals = this.keys.map(({ literal }, at) => literal(parts[at] ?? ''));
    if (literals.includes(null)) return null;
    return this.keys.map(({ term }, at) => `${term} = ${literals[at] ?? ''}`).join(' AND ');
  }

  /** Byte for byte, whatever the key's types and collations take for equal. */
  sameKey(parts: readonly string[]): string {
    return this.keys
      .map(({ shape, bytes }, at) => {
        const part = bytesOfPart(parts[at] ?? '', shape) ?? Buffer.alloc(0);
        return `${bytes} = ${quoteBytes(part)}`;
      })
      .join(' AND ');
  }

  isOneOf(keys: readonly (readonly string[])[]): string {
    const [only] = this.keys;
    if (this.keys.length === 1 && only !== undefined)
      return `${only.term} IN (${keys.map((parts) => only.literal(parts[0] ?? '')).join(', ')})`;
    // Not a list of tuples: MariaDB reads past the index then.
    return `(${keys.map((parts) => `(${this.keyEquals(parts) ?? 'FALSE'})`).join(' OR ')})`;
  }

  column(name: string): ColumnShape {
    return this.#shape.column(name);
  }
}

function ownTerm({ term, literal, shape }: KeyColumn, at: number): Term {
  return { sql: term, literal: (parts) => literal(parts[at] ?? '') ?? noSuchValue(shape.name) };
}

function tieBreaker({ shape, bytes }: KeyColumn, at: number): readonly Term[] {
  if (shape.kind !== 'text') return [];
  const literal = (parts: readonly string[]): string =>
    quoteBytes(bytesOfPart(parts[at] ?? '', shape) ?? noSuchValue(shape.name));
  return [{ sql: bytes, literal }];
}

/** Written out: neither server uses an index for a comparison of tuples. */
function afterUnder(terms: readonly Term[], parts: readonly string[]): string {
  return terms.reduceRight((rest, { sql, literal }) => {
    const value = literal(parts);
    return rest === '' ? `${sql} > ${value}` : `(${sql} > ${value} OR (${sql} = ${value} AND ${rest}))`;
  }, '');
}

function upToUnder(terms: readonly Term[], parts: readonly string[]): string {
  return terms.reduceRight((rest, { sql, literal }) => {
    const value = literal(parts);
    return rest === '' ? `${sql} <= ${value}` : `(${sql} < ${value} OR (${sql} = ${value} AND ${rest}))`;
  }, '');
}

/** A value that is too large stays where it is. */
function guarded(column: ColumnShape): string {
  const value = valueOf(column);
  return column.unbounded
    ? `CASE WHEN ${largerThan(column, VALUE_LIMIT)} THEN NULL ELSE ${value} END`
    : value;
}

function noSuchValue(column: string): never {
  throw new ConnectorError('SOURCE_SCHEMA_CHANGED', `the key to go on from is no value of ${column}`);
}
