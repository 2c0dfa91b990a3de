import type { PasswordFormatSetting } from '../../connectors/contract/password-format.ts';
import { formatOf, writtenFormatNamed } from './detect.ts';
import { FORMATS, WRITTEN_ONLY } from './formats/index.ts';
import { noPeppers } from './pepper.ts';

/** A format as definitions and the reference know it. */
export interface KnownFormat {
  /** Stable; `password.format` of a provider definition. */
  readonly name: string;
  readonly description: string;
  /** A match may only lead to choosing a new password, and it is written only where the definition accepts that. */
  readonly weak: boolean;
  /** `auto` never recognises it; it has to be named. */
  readonly onlyNamed: boolean;
}

/** Every format that we verify. */
export const KNOWN_FORMATS: readonly KnownFormat[] = FORMATS.map((format) => ({
  name: format.name,
  description: format.description,
  weak: format.weak,
  onlyNamed: format.onlyNamed,
}));

/** The names of the formats that may be `password.writeBack.format`; all others of {@link KNOWN_FORMATS} once accepted. */
export const WRITABLE_FORMATS: readonly string[] = [...KNOWN_FORMATS, ...WRITTEN_ONLY]
  .filter(({ weak }) => !weak)
  .map(({ name }) => name);

/** Whether passwords can be written in a format of that name. */
export function isWritten(name: string): boolean {
  return writtenFormatNamed(name) !== undefined;
}

/** Whether what a definition names or describes is weak; `auto` is not, it depends on each record. */
export function isWeak(setting: PasswordFormatSetting): boolean {
  return formatOf(setting, noPeppers)?.weak ?? false;
}
