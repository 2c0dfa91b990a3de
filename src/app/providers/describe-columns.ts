import type { ColumnSchema } from '../../../connectors/contract/schema.ts';
import { shapeOf, type HashFormats } from '../../domain/providers/column-shape.ts';
import { detect } from '../../passwords/detect.ts';
import { KNOWN_FORMATS } from '../../passwords/format-names.ts';

export interface DiscoveredColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  /** What its values look like, in words; null when like nothing in particular. Never a value. */
  readonly looksLike: string | null;
}

/** Formats whose hashes look like those of others; a plain password looks like anything. */
const NAMED = KNOWN_FORMATS.filter(({ onlyNamed, name }) => onlyNamed && name !== 'plain').map(
  ({ name }) => name,
);

/** What a text may be the hash of, by all the formats there are. */
export const FORMATS: HashFormats = {
  of: (text) => detect(text, 'auto')?.format.name ?? null,
  named: (text) => NAMED.filter((name) => detect(text, name) !== null),
};

/** Columns without their samples, of which only what they look like is said. */
export function describeColumns(columns: readonly ColumnSchema[]): readonly DiscoveredColumn[] {
  return columns.map((column) => {
    const { emails, hashes } = shapeOf(column, FORMATS);
    const hashed = hashes.length > 0 ? `password hashes (${hashes.join(', ')})` : null;
    const { name, type, nullable } = column;
    return { name, type, nullable, looksLike: hashed ?? (emails ? 'e-mail addresses' : null) };
  });
}
