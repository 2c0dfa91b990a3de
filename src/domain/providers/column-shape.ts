import type { ColumnSchema } from '../../../connectors/contract/schema.ts';
import { readBoolean } from '../mapping/read-boolean.ts';
import { isEmail } from '../profiles/identifiers.ts';

/** What the samples of a column look like; nothing of them is kept. */
export interface ColumnShape {
  /** Most values are addresses. */
  readonly emails: boolean;
  /** The formats of password hashes among them; empty when most values are no hashes. */
  readonly hashes: readonly string[];
  /** Every value is a word for yes or no, and the type may hold one. */
  readonly booleans: boolean;
  /** At least one value, and no two alike. */
  readonly distinct: boolean;
}

/** Names the format of a password hash; null when the text is none. */
export type FormatOf = (text: string) => string | null;

/** Most, where a few broken rows are normal. */
const MOST = 0.6;

export function shapeOf(column: ColumnSchema, formatOf: FormatOf): ColumnShape {
  const values = column.sample.filter((value) => value.trim() !== '');
  const share = (test: (value: string) => boolean): number =>
    values.length === 0 ? 0 : values.filter(test).length / values.length;
  const formats = values.map(formatOf).filter((format) => format !== null);
  const mostHashes = values.length > 0 && formats.length / values.length >= MOST;
  return {
    emails: share((value) => isEmail(value.trim())) >= MOST,
    hashes: mostHashes ? [...new Set(formats)].toSorted() : [],
    booleans: /bool/i.test(column.type) || share((value) => readBoolean(value) !== null) === 1,
    distinct: values.length > 0 && new Set(values).size === values.length,
  };
}
