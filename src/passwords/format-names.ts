import { FORMATS } from './formats/index.ts';

/** A format as definitions and the reference know it. */
export interface KnownFormat {
  /** Stable; `password.format` of a provider definition. */
  readonly name: string;
  readonly description: string;
  /** May be `password.writeBack.format`. */
  readonly writable: boolean;
  /** A match may only lead to choosing a new password. */
  readonly weak: boolean;
  /** `auto` never recognises it; it has to be named. */
  readonly onlyNamed: boolean;
}

/** Every format that we verify. */
export const KNOWN_FORMATS: readonly KnownFormat[] = FORMATS.map((format) => ({
  name: format.name,
  description: format.description,
  writable: format.writer !== undefined,
  weak: format.weak,
  onlyNamed: format.onlyNamed,
}));

/** The names of the formats that we write. */
export const WRITABLE_FORMATS: readonly string[] = KNOWN_FORMATS.filter(({ writable }) => writable).map(
  ({ name }) => name,
);
