const ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The base 64 of crypt(3): lowest six bits first; `bytes` from the highest to the lowest. */
export function crypt64(bytes, characters) {
  let value = bytes.reduce((sum, byte) => (sum << 8) | byte, 0);
  let text = '';
  for (let i = 0; i < characters; i += 1) {
    text += ALPHABET[value & 63];
    value >>>= 6;
  }
  return text;
}
