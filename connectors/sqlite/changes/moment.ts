import type { KeyValue } from '../key-value.ts';
import { decodeText } from '../text.ts';

/** A cursor that is a time: when, and how to write another time the same way. */
interface Moment {
  readonly ms: number;
  readonly at: (ms: number) => KeyValue;
}

/**
 * The time that is `ms` before a cursor, written the same way. A cursor that is no
 * time, a version for example, stays what it is.
 */
export function earlier(value: KeyValue, ms: number): KeyValue {
  const moment = momentOf(value);
  return moment === null ? value : moment.at(moment.ms - ms);
}

/**
 * A cursor, or the present time when the cursor is later: one record dated in the
 * future must not hide what changes until then.
 */
export function notLater(value: KeyValue, nowMs: number): KeyValue {
  const moment = momentOf(value);
  return moment === null || moment.ms <= nowMs ? value : moment.at(nowMs);
}

function momentOf(value: KeyValue): Moment | null {
  if (value.kind === 'integer') return ofInteger(value.value);
  if (value.kind === 'real') return ofReal(value.value);
  const text = typeof value.value === 'string' ? value.value : decodeText(value.value, 'utf-8');
  return text === null ? null : ofText(text, (other) => like(value.kind, other));
}

function like(kind: 'text' | 'blob', text: string): KeyValue {
  return kind === 'text' ? { kind, value: text } : { kind, value: Buffer.from(text) };
}

/** Whole numbers as large as times since 1973 are: seconds, thousandths and millionths. */
const UNITS = [
  { from: 100_000_000n, to: 100_000_000_000n, perMs: 0.001 },
  { from: 100_000_000_000n, to: 100_000_000_000_000n, perMs: 1 },
  { from: 100_000_000_000_000n, to: 100_000_000_000_000_000n, perMs: 1_000 },
] as const;

function ofInteger(value: bigint): Moment | null {
  const unit = UNITS.find(({ from, to }) => value >= from && value < to);
  if (unit === undefined) return null;
  return {
    ms: Number(value) / unit.perMs,
    at: (ms) => ({ kind: 'integer', value: BigInt(Math.floor(ms * unit.perMs)) }),
  };
}

const DAY_MS = 86_400_000;
/** The Julian day of 1970-01-01, and those of the years 1 and 9999. */
const EPOCH_DAY = 2_440_587.5;
const LEAST_DAY = 1_721_425.5;
const MOST_DAY = 5_373_484.5;

function ofReal(value: number): Moment | null {
  if (value >= LEAST_DAY && value <= MOST_DAY)
    return {
      ms: (value - EPOCH_DAY) * DAY_MS,
      at: (ms) => ({ kind: 'real', value: ms / DAY_MS + EPOCH_DAY }),
    };
  const unit = UNITS.find(({ from, to }) => value >= Number(from) && value < Number(to));
  if (unit === undefined) return null;
  return { ms: value / unit.perMs, at: (ms) => ({ kind: 'real', value: ms * unit.perMs }) };
}

const TIME = /^(\d{4}-\d\d-\d\d)(?:([ T])(\d\d:\d\d)(?::(\d\d))?)?/;
const DATE_LENGTH = 10;

/** Times as text sort as text: what follows the seconds is left out of the earlier one, which sorts before. */
function ofText(text: string, write: (text: string) => KeyValue): Moment | null {
  const [, day, separator, minute = '00:00', second = '00'] = TIME.exec(text) ?? [];
  const ms = Date.parse(`${day ?? ''}T${minute}:${second}Z`);
  if (Number.isNaN(ms)) return null;
  return {
    ms,
    at: (other) => {
      const iso = new Date(other).toISOString();
      const date = iso.slice(0, DATE_LENGTH);
      return write(separator === undefined ? date : `${date}${separator}${iso.slice(11, 19)}`);
    },
  };
}
