import { FORMATS } from './formats/index.ts';
import type { PasswordFormat, StoredHash } from './formats/format.ts';

/** No format writes as much; a longer value is not a hash. */
const LONGEST_HASH = 1024;

export interface Detected {
  readonly format: PasswordFormat;
  readonly stored: StoredHash;
}

/** @returns undefined when no format has that name. */
export function formatNamed(name: string): PasswordFormat | undefined {
  return FORMATS.find((format) => format.name === name);
}

/**
 * What a provider writes where nobody may sign in: nothing, `!` and anything
 * behind it (Django's unusable passwords, locked accounts of /etc/shadow), `*`.
 */
function unusable(hash: string): boolean {
  return (
    hash.trim() === '' ||
    hash.startsWith('!') ||
    /^\*(?![0-9A-Fa-f]{40}$)/.test(hash) ||
    hash.length > LONGEST_HASH
  );
}

function readWith(format: PasswordFormat, hash: string): Detected | null {
  const stored = format.read(hash);
  return stored && { format, stored };
}

function recognise(hash: string): Detected | null {
  for (const format of FORMATS) {
    const detected = format.onlyNamed ? null : readWith(format, hash);
    if (detected) return detected;
  }
  return null;
}

/**
 * Which format a hash is in.
 *
 * A format that says nothing by its look counts only when named, and even then
 * gives way to what a hash looks like: in a column of plain passwords a bcrypt
 * hash is a bcrypt hash, and whoever has seen it cannot sign in with it.
 *
 * @param name of the definition: `auto` or the name of one format.
 * @returns null when unknown, damaged, locked, or of another format than the one named.
 */
export function detect(hash: string, name: string): Detected | null {
  if (unusable(hash)) return null;
  if (name === 'auto') return recognise(hash);
  const format = formatNamed(name);
  if (!format) return null;
  return (format.onlyNamed ? recognise(hash) : null) ?? readWith(format, hash);
}
