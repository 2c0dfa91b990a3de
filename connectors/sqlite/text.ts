/** How a database file keeps its text. Blobs are read as UTF-8 whatever it is. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

const DECODERS = {
  'utf-8': new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }),
  'utf-16le': new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true }),
  'utf-16be': new TextDecoder('utf-16be', { fatal: true, ignoreBOM: true }),
};

/** @returns null for bytes that are no text, and for text with a NUL in it, which hardly anything can keep. */
export function decodeText(bytes: Uint8Array, encoding: Encoding): string | null {
  try {
    const text = DECODERS[encoding].decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

/** Bytes that are no text, as PostgreSQL prints them. */
export function printBytes(bytes: Uint8Array): string {
  return String.raw`\x${Buffer.from(bytes).toString('hex')}`;
}

/** The reverse of {@link printBytes}; null for anything else. */
export function parseBytes(text: string): Uint8Array | null {
  return /^\\x(?:[0-9a-f]{2})*$/.test(text) ? Buffer.from(text.slice(2), 'hex') : null;
}

/** The shortest digits that read back as the same number, with a decimal point as SQLite has it. */
export function printReal(value: number): string {
  const digits = String(value);
  return /^-?\d+$/.test(digits) ? `${digits}.0` : digits;
}
