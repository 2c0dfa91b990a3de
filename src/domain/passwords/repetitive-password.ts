/**
 * Neighbours on the keyboards that our people have: QWERTY, QWERTZ, AZERTY and the Nordic ones, rows and
 * columns. Letters have lost their accents here: å, ö and ä are a, o and a.
 */
const KEY_LINES: readonly string[] = [
  '1234567890',
  'qwertyuiopa',
  'asdfghjkloa',
  'zxcvbnm',
  'qwertzuiop',
  'yxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  ...['1qaz', '2wsx', '3edc', '4rfv', '5tgb', '6yhn', '7ujm', '8ik,', '9ol.', '0p;/'],
];

/** How one character can follow from the one before. */
type Step = 'same' | 'up' | 'down' | 'right' | 'left';

/** A run of so many is one choice, not many; it counts as two characters. */
const RUN = 3;
const RUN_WORTH = 2;
/** What is worth no more than this, and much less than it is long, is predictable. */
const LITTLE = 8;
const MUCH_LESS = 0.6;

/**
 * Whether a password is one short pattern over and over (`passwordpassword`), or
 * runs of the same character, of the alphabet, of digits or along the keyboard.
 *
 * @param minimum a pattern of so many characters is a password of its own.
 */
export function isRepetitive(text: string, minimum: number): boolean {
  const characters = Array.from(text);
  if (characters.length < 2 * RUN) return false;
  const pattern = period(characters);
  if (pattern < minimum && pattern <= characters.length / 2) return true;
  return worth(text) <= Math.min(LITTLE, MUCH_LESS * characters.length);
}

/** The length of the shortest beginning that, repeated, gives the whole; the last repetition may be cut. */
function period(characters: readonly string[]): number {
  for (let length = 1; length < characters.length; length += 1)
    if (characters.every((character, i) => i < length || character === characters[i - length])) return length;
  return characters.length;
}

/** The number of characters, with every run counted as two. */
export function worth(text: string): number {
  const characters = Array.from(text);
  let total = 0;
  for (let start = 0; start < characters.length;) {
    const length = runFrom(characters, start);
    total += length >= RUN ? RUN_WORTH : 1;
    start += length >= RUN ? length : 1;
  }
  return total;
}

/** How many characters from `start` on follow one from the other in the same way. */
function runFrom(characters: readonly string[], start: number): number {
  let ways: readonly Step[] | null = null;
  let end = start + 1;
  for (; end < characters.length; end += 1) {
    const here: readonly Step[] = steps(characters[end - 1] ?? '', characters[end] ?? '');
    const shared: readonly Step[] = ways === null ? here : ways.filter((way) => here.includes(way));
    if (shared.length === 0) break;
    ways = shared;
  }
  return end - start;
}

function steps(from: string, to: string): readonly Step[] {
  const distance = (to.codePointAt(0) ?? 0) - (from.codePointAt(0) ?? 0);
  const along = (pair: string): boolean => KEY_LINES.some((line) => line.includes(pair));
  const possible: readonly [Step, boolean][] = [
    ['same', distance === 0],
    ['up', distance === 1],
    ['down', distance === -1],
    ['right', along(from + to)],
    ['left', along(to + from)],
  ];
  return possible.filter(([, holds]) => holds).map(([step]) => step);
}
