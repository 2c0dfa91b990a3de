import { randomBytes } from 'node:crypto';
import type { SaltPlace } from '../../../connectors/contract/password-format.ts';
import type { SourceValue } from '../../../connectors/contract/record.ts';
import { joinStored } from '../../../connectors/contract/stored-password.ts';
import { saltText } from '../encodings.ts';

/** How a rule keeps digest and salt. */
export interface Keeping {
  readonly salt: SaltPlace;
  readonly saltEncoding: 'text' | 'hex' | 'base64';
  readonly separator: string;
  readonly encoding: 'hex' | 'base64';
}

export interface Kept {
  readonly digest: Buffer;
  /** As it is kept; empty where the rule has none. */
  readonly salt: string;
}

/** Takes apart what the columns hold. @returns null when it is not of this form. */
export function readKept(
  rule: Keeping,
  stored: { readonly hash: string; readonly parts: readonly SourceValue[] },
  digestBytes: number,
): Kept | null {
  const { text, salt } = divide(rule, stored, textLength(rule.encoding, digestBytes)) ?? {};
  if (text === undefined || salt === undefined || (salt === '' && rule.salt !== 'none')) return null;
  const digest = decode(text, rule.encoding);
  return digest?.length === digestBytes ? { digest, salt } : null;
}

function divide(
  { salt, separator }: Keeping,
  { hash, parts }: { readonly hash: string; readonly parts: readonly SourceValue[] },
  length: number,
): { readonly text: string; readonly salt: string } | null {
  if (salt === 'none') return { text: hash, salt: '' };
  if (typeof salt === 'object') return { text: hash, salt: parts[0] ?? '' };
  if (salt === 'suffix') {
    if (!hash.startsWith(separator, length)) return null;
    return { text: hash.slice(0, length), salt: hash.slice(length + separator.length) };
  }
  const before = hash.length - length;
  if (before < 0 || !hash.slice(0, before).endsWith(separator)) return null;
  return { text: hash.slice(before), salt: hash.slice(0, before - separator.length) };
}

function textLength(encoding: 'hex' | 'base64', bytes: number): number {
  return encoding === 'hex' ? bytes * 2 : Math.ceil(bytes / 3) * 4;
}

/** The text for the columns, the reverse of {@link readKept}. */
export function printKept(rule: Keeping, { digest, salt }: Kept): string {
  const text = digest.toString(rule.encoding);
  if (rule.salt === 'none') return text;
  if (typeof rule.salt === 'object') return joinStored({ hash: text, parts: [salt] });
  return rule.salt === 'suffix' ? text + rule.separator + salt : salt + rule.separator + text;
}

/** How PostgreSQL shows binary columns in hexadecimal digits. */
const BYTEA = /^\\x/;

/** @returns null when the text is not in that encoding; in base 64 the padding may be left out. */
export function decode(text: string, encoding: 'hex' | 'base64'): Buffer | null {
  const bare = encoding === 'hex' ? text.replace(BYTEA, '') : text.replace(/={1,2}$/, '');
  const shape = encoding === 'hex' ? /^(?:[0-9A-Fa-f]{2})+$/ : /^[A-Za-z0-9+/]+$/;
  return shape.test(bare) ? Buffer.from(bare, encoding) : null;
}

/** What a salt as it is kept stands for. @returns null when damaged. */
export function saltBytes(salt: string, rule: Keeping, characters: BufferEncoding = 'utf-8'): Buffer | null {
  return rule.saltEncoding === 'text' ? Buffer.from(salt, characters) : decode(salt, rule.saltEncoding);
}

const USUAL_CHARACTERS = 16;
const USUAL_BYTES = 16;

/** A new salt as it is kept; as long as the one it replaces, for which there is room. */
export function newSalt(rule: Keeping, old: string | null): string {
  if (rule.salt === 'none') return '';
  if (rule.saltEncoding === 'text') return saltText(old?.length ?? USUAL_CHARACTERS);
  const bytes = old === null ? null : decode(old, rule.saltEncoding);
  return randomBytes(bytes?.length ?? USUAL_BYTES).toString(rule.saltEncoding);
}
