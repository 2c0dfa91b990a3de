import type { ColumnSchema } from '../../../connectors/contract/schema.ts';
import { readBoolean } from '../mapping/read-boolean.ts';
import { readDate } from '../mapping/transforms/date.ts';
import { isEmail } from '../profiles/identifiers.ts';
import { sortStates, type SortedStates } from './status-words.ts';

/** What the samples of a column look like; but for the names of states nothing of them is kept. */
export interface ColumnShape {
  /** At least one value was seen. */
  readonly sampled: boolean;
  /** Most values are addresses. */
  readonly emails: boolean;
  /** The formats of password hashes among them; empty when most values are no hashes. */
  readonly hashes: readonly string[];
  /** Formats that say nothing by their look and that every value could be in. */
  readonly couldBe: readonly string[];
  /** Every value is a word for yes or no, and the type may hold one. */
  readonly booleans: boolean;
  /** The type holds days or times, or most values are. */
  readonly dates: boolean;
  /** Most values are language tags such as sv or en-GB. */
  readonly locales: boolean;
  /** Most values are written as `Byron, Ada`. */
  readonly familyFirst: boolean;
  /** The states of accounts; null when the values are none. */
  readonly states: SortedStates | null;
  /** The type holds numbers. */
  readonly numbers: boolean;
}

/** What is known of password formats: by the look of a hash, and of those that have to be named. */
export interface HashFormats {
  /** Null when the text is none. */
  readonly of: (text: string) => string | null;
  readonly named: (text: string) => readonly string[];
}

/** Most, where a few broken rows are normal. */
const MOST = 0.6;
/** MySQL has no truth values: `tinyint(1)` and `bit(1)` stand for them. */
const BOOLEAN_TYPE = /bool|tinyint\(1\)|bit\(1\)/i;
const DATE_TYPE = /date|time/i;
const NUMBER_TYPE = /int|numeric|decimal|real|double|float|serial|rowversion/i;

export function shapeOf(column: ColumnSchema, formats: HashFormats): ColumnShape {
  const values = column.sample.filter((value) => value.trim() !== '');
  const most = (test: (value: string) => boolean): boolean =>
    values.length > 0 && values.filter(test).length / values.length >= MOST;
  const all = (test: (value: string) => boolean): boolean => values.length > 0 && values.every(test);
  const recognised = values.map((value) => formats.of(value)).filter((format) => format !== null);
  return {
    sampled: values.length > 0,
    emails: most((value) => isEmail(value.trim())),
    hashes: most((value) => formats.of(value) !== null) ? [...new Set(recognised)].toSorted() : [],
    couldBe: formats
      .named(values[0] ?? '')
      .filter((name) => all((value) => formats.named(value).includes(name))),
    booleans: BOOLEAN_TYPE.test(column.type) || all((value) => readBoolean(value) !== null),
    dates: DATE_TYPE.test(column.type) || most(isDate),
    locales: most((value) => LOCALE.test(value.trim())),
    familyFirst: most((value) => FAMILY_FIRST.test(value.trim())),
    states: sortStates(values),
    numbers: NUMBER_TYPE.test(column.type),
  };
}

const LOCALE = /^[a-z]{2}(?:[-_][A-Za-z]{2,4})?(?:\.utf-?8)?$/i;
const FAMILY_FIRST = /^\p{Lu}[\p{L}\p{M}' -]*, \p{Lu}[\p{L}\p{M}'. -]*$/u;

/** Numbers are not taken for seconds since 1970 here: too many columns hold numbers. */
function isDate(value: string): boolean {
  if (/^\d+$/.test(value.trim())) return false;
  const read = readDate('dmy')(value);
  return 'value' in read;
}
