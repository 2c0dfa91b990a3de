import type { PasswordFormatSetting } from '../../connectors/contract/password-format.ts';
import { splitStored, type StoredPassword } from '../../connectors/contract/stored-password.ts';
import { FORMATS, WRITTEN_ONLY } from './formats/index.ts';
import type { PasswordFormat, StoredHash } from './formats/format.ts';
import { noPeppers, type ReadPepper } from './pepper.ts';
import { formatOfRule } from './rules/format-of-rule.ts';

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

/** The same for a format to write, variants that are only written among them. */
export function writtenFormatNamed(name: string): PasswordFormat | undefined {
  return WRITTEN_ONLY.find((format) => format.name === name) ?? formatNamed(name);
}

/**
 * What a provider writes where nobody may sign in: nothing, `!` and anything
 * behind it (Django's unusable passwords, locked accounts of /etc/shadow), `*`.
 */
function unusable({ hash, parts }: StoredPassword): boolean {
  return (
    hash.trim() === '' ||
    hash.startsWith('!') ||
    /^\*(?![0-9A-Fa-f]{40}$)/.test(hash) ||
    [hash, ...parts].some((text) => text !== null && text.length > LONGEST_HASH)
  );
}

function readWith(format: PasswordFormat, { hash, parts }: StoredPassword): Detected | null {
  const stored = format.read(hash, parts);
  return stored && { format, stored };
}

function recognise(stored: StoredPassword): Detected | null {
  for (const format of FORMATS) {
    const detected = format.onlyNamed ? null : readWith(format, stored);
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
 * @param text of `joinStored`, or a hash alone.
 * @param setting of the definition: `auto`, the name of one format, or a rule.
 * @returns null when unknown, damaged, locked, or of another format than the one named.
 */
export function detect(
  text: string,
  setting: PasswordFormatSetting,
  readPepper: ReadPepper = noPeppers,
): Detected | null {
  const stored = splitStored(text);
  if (unusable(stored)) return null;
  if (setting === 'auto') return recognise(stored);
  const format = formatOf(setting, readPepper);
  if (!format) return null;
  return (format.onlyNamed ? recognise(stored) : null) ?? readWith(format, stored);
}

/** @returns undefined for `auto`, and when no format has that name. */
export function formatOf(setting: PasswordFormatSetting, readPepper: ReadPepper): PasswordFormat | undefined {
  return typeof setting === 'string' ? formatNamed(setting) : formatOfRule(setting, readPepper);
}
