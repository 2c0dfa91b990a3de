import { KNOWN_FORMATS, type KnownFormat } from '../../passwords/format-names.ts';

export type { KnownFormat } from '../../passwords/format-names.ts';

/** The password formats that a definition may name. */
export function listFormats(): readonly KnownFormat[] {
  return KNOWN_FORMATS;
}
