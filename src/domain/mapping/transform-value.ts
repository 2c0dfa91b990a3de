import type { Transform } from '../../../connectors/contract/definition.ts';

const TRANSFORMS: Readonly<Record<Transform, (text: string) => string>> = {
  trim: (text) => text.trim(),
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  /** Unicode NFC: composed characters, so that equal names are equal texts. */
  normalize: (text) => text.normalize('NFC'),
};

/** Every transform a definition may name. */
export const TRANSFORM_NAMES = Object.keys(TRANSFORMS) as readonly Transform[];

/** Applies the transforms in order. Null stays null. */
export function transformValue(value: string | null, transforms: readonly Transform[]): string | null {
  if (value === null) return null;
  return transforms.reduce((text, name) => TRANSFORMS[name](text), value);
}
