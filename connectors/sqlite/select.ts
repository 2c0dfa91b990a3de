import type { FileOptions } from '../contract/connector.ts';
import type { Value } from './database-process.ts';
import { quote } from './identifiers.ts';
import { bind, candidates, combinations, placeholder, type KeyValue } from './key-value.ts';
import { sourceItem, withCommon, type Shape } from './shape.ts';

/** The most of one value that we read, in bytes: 1 MiB. Nothing that describes a person is larger. */
export const VALUE_LIMIT = 1_048_576;

export interface Statement {
  readonly sql: string;
  readonly params: readonly Value[];
}

/** The parts of one key as the file holds them. */
export type Key = readonly KeyValue[];

export interface Ordered {
  readonly order: readonly string[];
  /** The place to go on after, one expression for each of `order`. */
  readonly after: readonly Statement[] | null;
  readonly limit: number;
  /** One more condition. */
  readonly from?: Statement;
  /** What is selected besides the record. */
  readonly also?: readonly string[];
}

/** Builds the statements that read one provider. */
export class Select {
  readonly key: readonly string[];
  /** What records hold, in the order that fingerprints have: the columns read, the password column last. */
  readonly read: readonly string[];
  readonly shape: Shape;
  readonly #options: FileOptions;

  constructor(options: FileOptions, shape: Shape) {
    const { passwordColumn } = options;
    this.key = options.source.key;
    this.read = [
      ...options.columns.filter((name) => name !== passwordColumn),
      ...(passwordColumn === null ? [] : [passwordColumn]),
    ];
    this.shape = shape;
    this.#options = options;
  }

  /**
   * One page in key order, strictly after `after`. The order is the key's own,
   * which its index serves; among values that its collation takes for equal, the
   * order of their bytes.
   */
  page(after: Key | null, limit: number): Statement {
    const order = this.keyOrder();
    return this.ordered({ order, after: after === null ? null : keyPosition(after), limit });
  }

  /** Records in scope in an order of their own; see {@link page}. */
  ordered({ order, after, limit, from: least, also = [] }: Ordered): Statement {
    const { common, from } = sourceItem(this.#options.source);
    const later =
      after === null ? '' : ` AND (${order.join(', ')}) > (${after.map(({ sql }) => sql).join(', ')})`;
    const condition = least === undefined ? '' : ` AND ${least.sql}`;
    return {
      sql: `${withCommon(common)}SELECT ${[this.list(), ...also].join(', ')} FROM ${from}
             WHERE ${this.scope()}${condition}${later} ORDER BY ${order.join(', ')} LIMIT ${String(limit)}`,
      params: [...(least?.params ?? []), ...(after ?? []).flatMap(({ params }) => params)],
    };
  }

  /** The expressions that records are ordered by; {@link keyPosition} makes a place among them. */
  keyOrder(): readonly string[] {
    const names = this.#keyNames();
    return [...names, ...names.map(bytesOf)];
  }

  /**
   * The records with exactly these keys, whatever collations take for equal.
   *
   * @param anywhere also those that are out of scope.
   */
  byKeys(keys: readonly Key[], anywhere = false): Statement {
    const { common, from } = sourceItem(this.#options.source);
    const columns = this.key.map((_, at) => `k${String(at)}`);
    const rows = keys.map((parts) => `(${parts.map(placeholder).join(', ')})`);
    const wanted = `wanted (${columns.join(', ')}) AS (VALUES ${rows.join(', ')})`;
    const same = this.#keyNames().map((name, at) => isExactly(name, `wanted.k${String(at)}`));
    // CROSS: the keys first, each looked up by its index.
    return {
      sql: `${withCommon([...common, wanted])}SELECT ${this.list()} FROM wanted CROSS JOIN ${from}
             ON ${same.join(' AND ')} WHERE ${anywhere ? 'true' : this.scope()}`,
      params: keys.flatMap((parts) => parts.map(bind)),
    };
  }

  count(): Statement {
    const { common, from } = sourceItem(this.#options.source);
    return {
      sql: `${withCommon(common)}SELECT CAST(count(*) AS TEXT) FROM ${from} WHERE ${this.scope()}`,
      params: [],
    };
  }

  /** The select list of a whole record: key and {@link read}, each as its kind and its value. */
  list(): string {
    return [...this.key, ...this.read].map((name) => described(`r.${quote(name)}`)).join(', ');
  }

  /** Which records are in scope. A record without a whole key cannot be told from others, and is not. */
  scope(): string {
    const { where } = this.#options.source;
    const keys = this.#keyNames()
      .map((name) => `${name} IS NOT NULL AND octet_length(${name}) <= ${String(VALUE_LIMIT)}`)
      .join(' AND ');
    return where === undefined ? keys : `${keys} AND (\n${where}\n)`;
  }

  /** Every key that is printed as these parts. */
  keysOf(parts: readonly string[]): readonly Key[] {
    const { affinity } = this.shape;
    return combinations(this.key.map((name, at) => candidates(parts[at] ?? '', affinity(name))));
  }

  #keyNames(): readonly string[] {
    return this.key.map((name) => `r.${quote(name)}`);
  }
}

/** A value's kind, and the value: REAL as it is, everything else as bytes; nothing when it is too large. */
export function described(column: string): string {
  return `typeof(${column}), CASE typeof(${column}) WHEN 'real' THEN ${column} WHEN 'null' THEN NULL
    ELSE CASE WHEN octet_length(${column}) > ${String(VALUE_LIMIT)} THEN NULL ELSE CAST(${column} AS BLOB) END END`;
}

/** Equal to the byte; the comparison by the column's own rules is there for its index. */
export function isExactly(column: string, value: string): string {
  return `${column} = ${value} AND typeof(${column}) = typeof(${value}) AND ${bytesOf(column)} = ${bytesOf(value)}`;
}

export function bytesOf(expression: string): string {
  return `CAST(${expression} AS BLOB)`;
}

export function asIs(part: KeyValue): Statement {
  return { sql: placeholder(part), params: [bind(part)] };
}

/** See {@link Select.keyOrder}. */
export function keyPosition(key: Key): readonly Statement[] {
  return [...key.map(asIs), ...key.map(asBytes)];
}

function asBytes(part: KeyValue): Statement {
  return { sql: bytesOf(placeholder(part)), params: [bind(part)] };
}
