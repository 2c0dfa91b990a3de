import { canonicalText, type SourceValue } from './record.ts';

/**
 * A password as a record holds it. Most are one text; a salt, an algorithm or
 * parameters in columns of their own belong to it all the same.
 */
export interface StoredPassword {
  /** What the password column holds. */
  readonly hash: string;
  /** What the other columns of the format hold, in their order; empty when it has none. */
  readonly parts: readonly SourceValue[];
}

/** No hash begins so: databases refuse a NUL in text, and so do we. */
const MARK = '\0';
const PART = /^(?:(~)|(\d{1,7}):)/;

/**
 * One text for hash and parts, so that they are sealed, compared and verified
 * together. A hash without parts is its own text.
 */
export function joinStored({ hash, parts }: StoredPassword): string {
  return parts.length === 0 ? hash : MARK + canonicalText([hash, ...parts]);
}

/** The reverse of {@link joinStored}. A text that it never makes is a hash without parts. */
export function splitStored(text: string): StoredPassword {
  if (!text.startsWith(MARK)) return { hash: text, parts: [] };
  const [hash, ...parts] = readCanonical(Buffer.from(text.slice(MARK.length))) ?? [];
  return typeof hash === 'string' ? { hash, parts } : { hash: text, parts: [] };
}

function readCanonical(bytes: Buffer): readonly SourceValue[] | null {
  const values: SourceValue[] = [];
  let at = 0;
  while (at < bytes.length) {
    const [head, none, length] = PART.exec(bytes.toString('latin1', at, at + 8)) ?? [];
    if (head === undefined) return null;
    const end = at + head.length + Number(length ?? 0);
    if (end > bytes.length) return null;
    values.push(none === undefined ? bytes.toString('utf8', at + head.length, end) : null);
    at = end;
  }
  return values;
}
