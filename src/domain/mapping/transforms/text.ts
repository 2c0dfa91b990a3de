import { onText, type Step } from './step.ts';

/** Letters that Unicode does not take apart, as passports write them (ICAO Doc 9303). */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ł: 'l',
  Ł: 'L',
  ħ: 'h',
  Ħ: 'H',
  ŧ: 't',
  Ŧ: 'T',
  ŋ: 'n',
  Ŋ: 'N',
  ı: 'i',
  ĸ: 'k',
};

/** Changes of whole texts that need no settings. */
export const TEXT_STEPS = {
  trim: onText((text) => text.trim()),
  /** Runs of white space become one space; those at the ends go. */
  collapse: onText((text) => text.replaceAll(/\s+/gu, ' ').trim()),
  lower: onText((text) => text.toLowerCase()),
  upper: onText((text) => text.toUpperCase()),
  title: onText(titleCase),
  /** Unicode NFC: composed characters, so that equal names are equal texts. */
  normalize: onText((text) => text.normalize('NFC')),
  removeDiacritics: onText(withoutDiacritics),
} satisfies Record<string, Step>;

/** `ANNA-KARIN O'NEIL` as `Anna-Karin O'Neil`. */
function titleCase(text: string): string {
  return text.toLowerCase().replaceAll(/(?<![\p{L}\p{M}])\p{L}/gu, (letter) => letter.toUpperCase());
}

/** Letters without their marks, and in two letters where that is how passports write them. */
export function withoutDiacritics(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .normalize('NFC')
    .replaceAll(/[^\p{ASCII}]/gu, (letter) => LETTERS[letter] ?? letter);
}

/** One part of a text; nothing when it has not so many. `take` counts from 1, from the end when negative. */
export function split({ by, take }: { readonly by: string; readonly take: number }): Step {
  return onText((text) => text.split(by).at(take > 0 ? take - 1 : take) ?? null);
}

export function replace({ from, to }: { readonly from: string; readonly to: string }): Step {
  return onText((text) => text.split(from).join(to));
}

export function removePrefix(prefix: string): Step {
  return onText((text) => (text.startsWith(prefix) ? text.slice(prefix.length) : text));
}

export function removeSuffix(suffix: string): Step {
  return onText((text) => (text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text));
}

/** Nothing gets no prefix: it would no longer be nothing. */
export function addPrefix(prefix: string): Step {
  return onText((text) => (text === '' ? '' : `${prefix}${text}`));
}

export function addSuffix(suffix: string): Step {
  return onText((text) => (text === '' ? '' : `${text}${suffix}`));
}

/** Counts characters as people do (code points), so that none is cut in two. */
export function truncate(most: number): Step {
  return onText((text) => Array.from(text).slice(0, most).join(''));
}

export function emptyIf(placeholders: readonly string[]): Step {
  const known = new Set(placeholders.map((placeholder) => placeholder.trim()));
  return onText((text) => (known.has(text.trim()) ? null : text));
}
