/** The words that belong to a person or to the place where they sign in. */
export interface OwnWords {
  readonly username: string;
  readonly email: string | null;
  /** Given, family and display name, as far as they are known. */
  readonly names: readonly string[];
  readonly productName: string;
}

/** Without case, accents and compatibility forms: `Åsa` and `asa` are one word. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * Whether nothing is left of a password once the person's own words (forwards and
 * backwards) and all digits, signs and spaces are taken away.
 */
export function isPersonal(password: string, about: OwnWords): boolean {
  const words = wordsOf(about);
  const typed = lettersAndDigits(fold(password));
  if (typed !== '' && words.includes(typed)) return true;
  const withLetters = words.filter((word) => /\p{L}/u.test(word)).sort((a, b) => b.length - a.length);
  let rest = typed;
  // A space takes the place of what is taken out, so that what stood around it does not become a word.
  for (const word of withLetters) rest = rest.replaceAll(word, ' ');
  return rest !== typed && !/\p{L}/u.test(rest);
}

function wordsOf({ username, email, names, productName }: OwnWords): readonly string[] {
  const texts = [username, email ?? '', ...names, productName].map(fold);
  const parts = texts.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u), ...text.split('@')]);
  const words = parts.map(lettersAndDigits).filter((word) => word !== '');
  return [...new Set([...words, ...words.map(backwards)])];
}

function lettersAndDigits(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}

function backwards(text: string): string {
  return Array.from(text).reverse().join('');
}
