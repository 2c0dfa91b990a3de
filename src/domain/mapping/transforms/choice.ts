import { readBoolean } from '../read-boolean.ts';
import type { Step, Stepped } from './step.ts';

/** What each value becomes, exact to the letter. `default` is for every other value, nothing included. */
export function switchValue(cases: Readonly<Record<string, string | null>>): Step {
  const known = new Map(Object.entries(cases).filter(([name]) => name !== 'default'));
  const other = Object.hasOwn(cases, 'default') ? { value: cases['default'] ?? null } : null;
  const unlisted = { fault: { code: 'SWITCH_NO_CASE', message: 'has a value that no case of switch names' } };
  return (value) => {
    const found = value === null ? undefined : known.get(value);
    if (found !== undefined) return { value: found };
    if (value !== null && known.has(value)) return { value: null };
    return other ?? (value === null ? { value: null } : unlisted);
  };
}

const UNCLEAR: Stepped = { fault: { code: 'BOOLEAN_UNCLEAR', message: 'is neither yes nor no' } };

function truth(value: boolean | null): Stepped {
  return value === null ? UNCLEAR : { value: String(value) };
}

/** Yes and no in the words everybody uses. */
export const asBoolean: Step = (value) => (value === null ? { value } : truth(readBoolean(value)));

/** Yes becomes no and no becomes yes: for columns that say who may not sign in. */
export const not: Step = (value) => {
  const read = value === null ? null : readBoolean(value);
  return value === null ? { value } : truth(read === null ? null : !read);
};

/** Yes for nothing: NULL, or a text without anything in it. */
export const isEmpty: Step = (value) => truth(value === null || value.trim() === '');

export const isSet: Step = (value) => truth(value !== null && value.trim() !== '');

/** Yes and no in the words of one application. */
export function booleanWords(words: {
  readonly true: readonly string[];
  readonly false: readonly string[];
}): Step {
  const fold = (word: string): string => word.trim().toLowerCase();
  const yes = new Set(words.true.map(fold));
  const no = new Set(words.false.map(fold));
  return (value) => {
    if (value === null) return { value };
    if (yes.has(fold(value))) return truth(true);
    return truth(no.has(fold(value)) ? false : null);
  };
}
