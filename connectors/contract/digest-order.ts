import { DIGESTS, type DigestName } from './password-format.ts';

/** What is digested, one after the other. */
export type DigestOrder = readonly OrderTerm[];

export type OrderTerm =
  | { readonly kind: 'password' | 'salt' | 'pepper' }
  | { readonly kind: 'text'; readonly text: string }
  /** The digest of these terms, as lower-case hexadecimal digits. */
  | { readonly kind: 'digest'; readonly digest: DigestName; readonly of: DigestOrder };

const TOKEN = /\s*(?:([a-z][a-z0-9]*)|'([^']*)'|([+()]))/y;
/** Nobody nests deeper; a bound keeps the parser's own stack out of an author's hands. */
const DEEPEST = 4;
const LONGEST = 300;

/**
 * Reads `salt + password`, `password + '{' + salt + '}'`, `salt + sha1(password)`:
 * the words password, salt and pepper, texts in single quotes, and digests of such.
 *
 * @returns null when the text is none of that.
 */
export function parseOrder(text: string): DigestOrder | null {
  const tokens = text.length > LONGEST ? null : tokenise(text);
  if (tokens === null) return null;
  const reading = { tokens, at: 0 };
  const order = readSum(reading, 0);
  return reading.at === tokens.length ? order : null;
}

/** The words that occur, at whatever depth. */
export function wordsOf(order: DigestOrder): ReadonlySet<'password' | 'salt' | 'pepper'> {
  return new Set(
    order.flatMap((term) => {
      if (term.kind === 'text') return [];
      return term.kind === 'digest' ? [...wordsOf(term.of)] : [term.kind];
    }),
  );
}

type Token = { readonly word: string } | { readonly text: string } | { readonly sign: string };

interface Reading {
  readonly tokens: readonly Token[];
  at: number;
}

function tokenise(source: string): readonly Token[] | null {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  const trimmed = source.trimEnd();
  while (pattern.lastIndex < trimmed.length) {
    const [, word, text, sign] = pattern.exec(trimmed) ?? [];
    if (word !== undefined) tokens.push({ word });
    else if (text !== undefined) tokens.push({ text });
    else if (sign !== undefined) tokens.push({ sign });
    else return null;
  }
  return tokens;
}

function readSum(reading: Reading, depth: number): DigestOrder | null {
  const terms: OrderTerm[] = [];
  do {
    const term = readTerm(reading, depth);
    if (term === null) return null;
    terms.push(term);
  } while (takes(reading, '+'));
  return terms;
}

function readTerm(reading: Reading, depth: number): OrderTerm | null {
  const token = reading.tokens[reading.at];
  reading.at += 1;
  if (token === undefined || 'sign' in token) return null;
  if ('text' in token) return { kind: 'text', text: token.text };
  if (token.word === 'password' || token.word === 'salt' || token.word === 'pepper')
    return { kind: token.word };
  const digest = DIGESTS.find((name) => name === token.word);
  if (digest === undefined || depth >= DEEPEST || !takes(reading, '(')) return null;
  const of = readSum(reading, depth + 1);
  return of !== null && takes(reading, ')') ? { kind: 'digest', digest, of } : null;
}

function takes(reading: Reading, sign: string): boolean {
  const token = reading.tokens[reading.at];
  const found = token !== undefined && 'sign' in token && token.sign === sign;
  if (found) reading.at += 1;
  return found;
}
