/** What databases write; then Swedish, Norwegian, Danish, German, Dutch, French, Spanish, Italian, Portuguese, Polish, Finnish. */
const YES = words(
  'true t 1 yes y on ja sann sant sand wahr waar oui vrai sí si verdadero vero sim tak kyllä',
);
const NO = words('false f 0 no n off nej nei nein nee falsk falsch onwaar non faux falso não nao nie ei');

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

/** Reads the words databases and people use for yes and no, whatever their case; an empty text is no; null when it is none of them. */
export function readBoolean(text: string): boolean | null {
  const word = text.trim().toLowerCase().normalize('NFC');
  if (YES.has(word)) return true;
  return word === '' || NO.has(word) ? false : null;
}
