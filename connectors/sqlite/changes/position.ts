import type { KeyValue } from '../key-value.ts';

/** Where there was no record with a cursor. */
const NOTHING = 'nothing';

/** A cursor's value as the position of a checkpoint: every kind and every byte comes back. */
export function printPosition(value: KeyValue | null): string {
  if (value === null) return NOTHING;
  if (value.kind === 'integer' || value.kind === 'real') return `${value.kind} ${String(value.value)}`;
  // As an address has it, so that a position is one word whatever the text.
  if (typeof value.value === 'string') return `text ${encodeURIComponent(value.value)}`;
  return `${value.kind === 'text' ? 'bytes' : 'blob'} ${Buffer.from(value.value).toString('hex')}`;
}

/** The reverse of {@link printPosition}: null for {@link NOTHING}, undefined for anything else. */
export function parsePosition(position: string): KeyValue | null | undefined {
  if (position === NOTHING) return null;
  const [, kind, text = ''] = /^(integer|real|text|bytes|blob) (\S*)$/.exec(position) ?? [];
  if (kind === 'integer' && /^-?\d+$/.test(text)) return { kind, value: BigInt(text) };
  if (kind === 'real' && !Number.isNaN(Number(text))) return { kind, value: Number(text) };
  if (kind === 'text') return parseText(text);
  if (kind === undefined || !/^(?:[0-9a-f]{2})*$/.test(text)) return undefined;
  return { kind: kind === 'blob' ? 'blob' : 'text', value: Buffer.from(text, 'hex') };
}

function parseText(text: string): KeyValue | undefined {
  try {
    return { kind: 'text', value: decodeURIComponent(text) };
  } catch {
    return undefined;
  }
}
