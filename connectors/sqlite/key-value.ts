import type { Affinity } from './affinity.ts';
import type { Value } from './database-process.ts';
import { parseBytes } from './text.ts';

/** A part of a key as the file holds it. Two that look alike as text may be different values to SQLite. */
export type KeyValue =
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'real'; readonly value: number }
  /** As bytes only when it is no text. */
  | { readonly kind: 'text'; readonly value: string | Uint8Array }
  | { readonly kind: 'blob'; readonly value: Uint8Array };

export function bind({ value }: KeyValue): Value {
  return value;
}

/** The value as an expression with one parameter. The sign keeps a cast from lending its type to a comparison. */
export function placeholder({ kind, value }: KeyValue): string {
  // Not for text that is one: in a file of UTF-16 the cast loses the last of an odd number of bytes.
  return kind === 'text' && typeof value !== 'string' ? '+CAST(? AS TEXT)' : '?';
}

const INTEGER = /^(?:0|-?[1-9]\d{0,18})$/;
const REAL = /^-?(?:\d+(?:\.\d+)?(?:e[+-]\d+)?|Infinity)$/;
const LEAST = -(2n ** 63n);
const MOST = 2n ** 63n - 1n;

/** Whether a text is what a number is printed as. */
export function looksNumeric(text: string): boolean {
  return INTEGER.test(text) || REAL.test(text);
}

/** Every value that has this text, of those that a column of the affinity can hold. */
export function candidates(text: string, affinity: Affinity): readonly KeyValue[] {
  const numbers = affinity === 'text' ? [] : numbersOf(text);
  const bytes = parseBytes(text);
  // What looks like a number became one when it was stored.
  const texts = numbers.length > 0 && affinity !== 'none' ? [] : [text];
  const raw = bytes === null ? [] : [bytes];
  return [
    ...numbers,
    ...[...texts, ...raw].map((value) => ({ kind: 'text', value }) as const),
    ...[Buffer.from(text), ...raw].map((value) => ({ kind: 'blob', value }) as const),
  ];
}

function numbersOf(text: string): readonly KeyValue[] {
  if (INTEGER.test(text)) {
    const value = BigInt(text);
    return value >= LEAST && value <= MOST ? [{ kind: 'integer', value }] : [];
  }
  return REAL.test(text) ? [{ kind: 'real', value: Number(text) }] : [];
}

/** Every way to take one of each. */
export function combinations<T>(choices: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return choices.reduce<readonly (readonly T[])[]>(
    (sofar, of) => sofar.flatMap((parts) => of.map((part) => [...parts, part])),
    [[]],
  );
}
