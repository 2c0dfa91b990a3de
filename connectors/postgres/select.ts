import type { ServerOptions } from '../contract/connector.ts';
import type { Buckets } from '../contract/digest.ts';
import { quote } from './identifiers.ts';
import { Parameters } from './parameters.ts';
import { sourceItem, type ColumnShape, type Shape } from './shape.ts';

/** The most of one value that we read, in bytes: 1 MiB. Nothing that describes a person is larger. */
export const VALUE_LIMIT = 1_048_576;

export interface Statement {
  readonly sql: string;
  readonly params: readonly (string | null)[];
}

/** Records in key order, after one key and up to another; null where there is no such bound. */
export interface Stretch {
  readonly after: readonly string[] | null;
  readonly end: readonly string[] | null;
  /** Of these buckets alone. */
  readonly only?: (Buckets & { readonly wanted: ReadonlySet<number> }) | undefined;
}

/** Builds the statements that read one provider. Everything comes back as text. */
export class Select {
  readonly key: readonly string[];
  /** What records hold, in the order that fingerprints have: the columns read, the password column last. */
  readonly read: readonly string[];
  readonly from: string;
  readonly #shape: Shape;
  readonly #where: string | undefined;

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
  }

  /**
   * One page in key order, strictly after `after`. Row comparison and order are
   * those of the key's own types, so that its index serves both.
   */
  page(after: readonly string[] | null, limit: number): Statement {
    return this.#page(this.list(), after, limit);
  }

  /** Keys and fingerprints, which the server computes, of a stretch: nothing else travels. */
  fingerprints(stretch: Stretch, limit: number): Statement {
    const params = new Parameters();
    const conditions = this.#conditions(stretch, params);
    if (stretch.only !== undefined)
      conditions.push(
        `${this.#bucket(stretch.only.buckets)} IN (SELECT unnest(${params.add(`{${[...stretch.only.wanted].join()}}`)}::bigint[]))`,
      );
    return {
      sql: `SELECT ${[...this.keyTexts(), this.#fingerprint()].join(', ')} FROM ${this.from}
             WHERE ${conditions.join(' AND ')} ORDER BY ${this.keyNames()} LIMIT ${String(limit)}`,
      params: params.values,
    };
  }

  /** See {@link BucketDigest}: bucket, number of records, and the exclusive or as 128 binary digits. */
  digests(stretch: Stretch, buckets: number): Statement {
    const params = new Parameters();
    const conditions = this.#conditions(stretch, params).join(' AND ');
    const digest = `encode(sha256(convert_to(${this.#encodedKey()} || ${this.#fingerprint()}, 'UTF8')), 'hex')`;
    return {
      sql: `SELECT ${this.#bucket(buckets)}::text, count(*)::text, bit_xor(('x' || left(${digest}, 32))::bit(128))::text
              FROM ${this.from} WHERE ${conditions} GROUP BY 1`,
      params: params.values,
    };
  }

  /** The key of the record at `limit` after `after`, and the next one's if there is one. */
  endOfStretch(after: readonly string[] | null, limit: number): Statement {
    const params = new Parameters();
    return {
      sql: `SELECT ${this.keyTexts().join(', ')} FROM ${this.from}
             WHERE ${this.#conditions({ after, end: null }, params).join(' AND ')}
             ORDER BY ${this.keyNames()} OFFSET ${String(limit - 1)} LIMIT 2`,
      params: params.values,
    };
  }

  /** The records with these keys, which are known to be values of the key's types. */
  byKeys(keys: readonly (readonly string[])[]): Statement {
    const params = this.key.map((_, at) => arrayLiteral(keys.map((parts) => parts[at] ?? '')));
    const lists = this.key.map((name, at) => this.#array(name, at + 1));
    const names = this.key.map((name) => `r.${quote(name)}`);
    // Not = ANY: where a cast is not immutable the server would repeat it for every row.
    const match = `(${names.join(', ')}) IN (SELECT * FROM unnest(${lists.join(', ')}))`;
    return { sql: `SELECT ${this.list()} FROM ${this.from} WHERE ${this.scope()} AND ${match}`, params };
  }

  /** Fails when one of the keys is no value of its column's type. Reads no record. */
  castKeys(keys: readonly (readonly string[])[]): Statement {
    const params = this.key.map((_, at) => arrayLiteral(keys.map((parts) => parts[at] ?? '')));
    return { sql: `SELECT ${this.key.map((name, at) => this.#array(name, at + 1)).join(', ')}`, params };
  }

  /** Keys in whatever form the server prints them, in the form that records have. */
  canonicalKeys(keys: readonly (readonly string[])[]): Statement {
    const params = this.key.map((_, at) => arrayLiteral(keys.map((parts) => parts[at] ?? '')));
    const lists = this.key.map((_, at) => `$${String(at + 1)}::text::text[]`);
    const parts = this.key.map((name, at) => `part${String(at)}::${this.#shape.column(name).type}::text`);
    const names = this.key.map((_, at) => `part${String(at)}`);
    return {
      sql: `SELECT ${parts.join(', ')} FROM unnest(${lists.join(', ')}) WITH ORDINALITY AS key (${names.join(', ')}, place) ORDER BY place`,
      params,
    };
  }

  count(): Statement {
    return { sql: `SELECT count(*)::text FROM ${this.from} WHERE ${this.scope()}`, params: [] };
  }

  /** The select list of a whole record: key, {@link read}, and the places in it that are too large. */
  list(): string {
    const columns = this.read.map((name) => this.#shape.column(name));
    const oversized = columns.flatMap((column, at) =>
      column.unbounded ? [`CASE WHEN ${isOversized(column)} THEN '${String(at)}' END`] : [],
    );
    const places = oversized.length === 0 ? `''` : `concat_ws(',', ${oversized.join(', ')})`;
    return [...this.keyTexts(), ...columns.map(guarded), places].join(', ');
  }

  /** Which records are in scope. A record without a whole key cannot be told from others, and is not. */
  scope(): string {
    const keys = this.key.map((name) => `r.${quote(name)} IS NOT NULL`).join(' AND ');
    return this.#where === undefined ? keys : `${keys} AND (\n${this.#where}\n)`;
  }

  /** Equal to one key, with the parts as parameters from `first` on, compared as the key's own types. */
  keyEquals(first: number): string {
    return this.key
      .map((name, at) => `r.${quote(name)} = $${String(first + at)}::text::${this.#shape.column(name).type}`)
      .join(' AND ');
  }

  /** The key compared with one whole key, as the key's own types; so that its index serves. */
  keyCompares(operator: '>' | '<=', values: readonly string[]): string {
    return `(${this.keyNames()}) ${operator} (${this.keyValues(values)})`;
  }

  keyNames(): string {
    return this.key.map((name) => `r.${quote(name)}`).join(', ');
  }

  /** @param values SQL of type text, one for each part of the key. */
  keyValues(values: readonly string[]): string {
    return this.key.map((name, at) => `${values[at] ?? 'NULL'}::${this.#shape.column(name).type}`).join(', ');
  }

  keyTexts(): readonly string[] {
    return this.key.map((name) => `r.${quote(name)}::text`);
  }

  #page(list: string, after: readonly string[] | null, limit: number): Statement {
    const names = this.keyNames();
    const params = new Parameters();
    const later = after === null ? '' : ` AND ${this.keyCompares('>', params.addAll(after))}`;
    return {
      sql: `SELECT ${list} FROM ${this.from} WHERE ${this.scope()}${later} ORDER BY ${names} LIMIT ${String(limit)}`,
      params: params.values,
    };
  }

  #conditions({ after, end }: Stretch, params: Parameters): string[] {
    return [
      this.scope(),
      ...(after === null ? [] : [this.keyCompares('>', params.addAll(after))]),
      ...(end === null ? [] : [this.keyCompares('<=', params.addAll(end))]),
    ];
  }

  #fingerprint(): string {
    const canonical = this.read.map((name) => canonicalPart(this.#shape.column(name))).join(' || ');
    return `left(encode(sha256(convert_to(${canonical === '' ? `''` : canonical}, 'UTF8')), 'hex'), 32)`;
  }

  /** See encodeKey in the contract. */
  #encodedKey(): string {
    const parts = this.keyTexts();
    if (parts.length === 1) return parts.join('');
    return parts
      .map((part) => String.raw`regexp_replace(${part}, '([\\,])', '\\\1', 'g')`)
      .join(" || ',' || ");
  }

  /** See bucketOf in the contract. */
  #bucket(buckets: number): string {
    const first = `substr(encode(sha256(convert_to(${this.#encodedKey()}, 'UTF8')), 'hex'), 1, 8)`;
    return `(('x' || ${first})::bit(32)::bigint % ${String(buckets)})`;
  }

  #array(name: string, parameter: number): string {
    return `$${String(parameter)}::text::text[]::${this.#shape.column(name).type}[]`;
  }
}

function isOversized(column: ColumnShape): string {
  return `octet_length(r.${quote(column.name)}::text) > ${String(VALUE_LIMIT)}`;
}

/** A value that is too large stays where it is. */
function guarded(column: ColumnShape): string {
  const text = `r.${quote(column.name)}::text`;
  return column.unbounded ? `CASE WHEN ${isOversized(column)} THEN NULL ELSE ${text} END` : text;
}

/** See canonicalText in the contract; the third case is what the connector puts for a value that is too large. */
function canonicalPart(column: ColumnShape): string {
  const text = `r.${quote(column.name)}::text`;
  const whole = `octet_length(${text})::text || ':' || ${text}`;
  const large = column.unbounded ? `WHEN ${isOversized(column)} THEN '${tooLargeText()}' ` : '';
  return `CASE WHEN ${text} IS NULL THEN '~' ${large}ELSE ${whole} END`;
}

/** Stands in a fingerprint for a value we do not read; long enough that nobody stores the same by accident. */
export const TOO_LARGE = 'tributary: larger than is read';

function tooLargeText(): string {
  return `${String(TOO_LARGE.length)}:${TOO_LARGE}`;
}

/** An array as PostgreSQL writes one; every element quoted. */
function arrayLiteral(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
