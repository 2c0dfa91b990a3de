import { TEXT_FIELDS } from '../profile.ts';
import { attributeOf, nameScore } from '../providers/column-names.ts';

const FIELDS = [...TEXT_FIELDS, 'forceReset', 'preRegistration'] as const;

interface Guess {
  readonly field: string;
  readonly column: string;
  readonly score: number;
}

/**
 * For each field the column of a file that most likely holds it, by the names of columns in a dozen languages. Fields
 * without a likely column are left out; where nothing looks like a username, the address is taken for it too.
 */
export function suggestColumns(header: readonly string[]): Readonly<Record<string, string>> {
  const guesses = header.flatMap((column) => guessesOf(column)).toSorted((a, b) => b.score - a.score);
  const chosen: Record<string, string> = {};
  const taken = new Set<string>();
  for (const { field, column } of guesses) {
    if (field in chosen || taken.has(column)) continue;
    chosen[field] = column;
    taken.add(column);
  }
  const { email } = chosen;
  return chosen['username'] === undefined && email !== undefined ? { username: email, ...chosen } : chosen;
}

function guessesOf(column: string): readonly Guess[] {
  const fields = FIELDS.map((field) => ({ field, column, score: nameScore(field, column) }));
  const attribute = attributeOf(column);
  const attributes =
    attribute === null ? [] : [{ field: `attributes.${attribute}`, column, score: ATTRIBUTE_SCORE }];
  return [...fields, ...attributes].filter(({ score }) => score > 0);
}

/** Below any field: a column is taken for a field first. */
const ATTRIBUTE_SCORE = 0.1;
