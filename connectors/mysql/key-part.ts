import type { ColumnShape } from './shape.ts';

/** In front of a part that is written as hexadecimal digits, because its bytes are no text. */
const HEX = String.raw`\x`;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @returns null when the bytes are no text: not UTF-8, or with a zero byte, which no store of text takes. */
export function decodeText(bytes: Buffer): string | null {
  if (bytes.includes(0)) return null;
  try {
    return UTF8.decode(bytes);
  } catch {
    return null;
  }
}

/**
 * The text of one part of a key. Columns of a fixed number of bytes, which hold
 * UUIDs, are hexadecimal throughout; elsewhere only what is no text is, so that no
 * two keys have the same text.
 */
export function keyPartOf(bytes: Buffer, { kind }: ColumnShape): string {
  if (kind === 'fixed') return bytes.toString('hex');
  const text = decodeText(bytes);
  return text === null || text.startsWith(HEX) ? `${HEX}${bytes.toString('hex')}` : text;
}

/** The reverse of {@link keyPartOf}; null when no value of the column has this text. */
export function bytesOfPart(part: string, column: ColumnShape): Buffer | null {
  const hex = column.kind === 'fixed' ? part : part.startsWith(HEX) ? part.slice(HEX.length) : null;
  const bytes = Buffer.from(hex ?? part, hex === null ? 'utf8' : 'hex');
  return keyPartOf(bytes, column) === part ? bytes : null;
}
