import type { DateOrder } from '../../../../connectors/contract/definition.ts';
import type { Step } from './step.ts';

/**
 * Reads a date as databases and people write it, as ISO 8601: `2026-03-01`, or
 * `2026-03-01T09:30:00+01:00` when it has a time. A time without a zone stays
 * without one. Zero dates (`0000-00-00`) and `infinity` are nothing.
 *
 * @param order which of day and month comes first where both are possible; null: such a date is a fault.
 */
export function readDate(order: DateOrder | null): Step {
  return (value) => {
    const text = value?.trim() ?? '';
    if (text === '' || NO_DATE.test(text)) return { value: null };
    const iso = FORMS.map((form) => form(text, order)).find((found) => found !== null) ?? null;
    if (iso !== null && iso !== EITHER) return { value: iso };
    const message =
      iso === EITHER
        ? 'is a date whose day and month could be either; write { date: dmy } or { date: mdy }'
        : 'is not a date that can be read';
    return { fault: { code: 'DATE_UNCLEAR', message } };
  };
}

/** `0000-00-00`, with or without a time, as MySQL has it; PostgreSQL's infinity. */
const NO_DATE = /^(?:0+[-/.]0+[-/.]0+(?:[ T]0+:0+(?::0+(?:\.0+)?)?)?|-?infinity)$/i;

/** Day and month could change places. */
const EITHER = Symbol('either');

type Form = (text: string, order: DateOrder | null) => string | typeof EITHER | null;

const TIME = String.raw`(?:[ T](?<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(?<zone>Z|UTC|[+-]\d{2}(?::?\d{2})?)?)?`;
const YEAR_FIRST = new RegExp(
  String.raw`^(?<y>\d{4})(?<s>[-/.])(?<m>\d{1,2})\k<s>(?<d>\d{1,2})${TIME}$`,
  'i',
);
const COMPACT = new RegExp(String.raw`^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})${TIME}$`, 'i');
const YEAR_LAST = new RegExp(String.raw`^(?<a>\d{1,2})(?<s>[-/.])(?<b>\d{1,2})\k<s>(?<y>\d{4})${TIME}$`, 'i');
/** Seconds or milliseconds since 1970, from 1973 until 2286: shorter numbers are years and days. */
const EPOCH = /^\d{9,10}$|^\d{12,13}$/;

const FORMS: readonly Form[] = [
  (text) => assemble(YEAR_FIRST.exec(text)?.groups),
  (text) => assemble(COMPACT.exec(text)?.groups),
  yearLast,
  fromEpoch,
];

type Parts = Readonly<Record<string, string | undefined>>;

function yearLast(text: string, order: DateOrder | null): string | typeof EITHER | null {
  const parts: Parts | undefined = YEAR_LAST.exec(text)?.groups;
  if (parts === undefined) return null;
  const { a, b, s } = parts;
  // Dots are written by people who put the day first, whatever the country.
  const asked = order ?? (s === '.' ? 'dmy' : null);
  const dayFirst = assemble({ ...parts, d: a, m: b });
  const monthFirst = assemble({ ...parts, m: a, d: b });
  if (asked === 'dmy') return dayFirst;
  if (asked === 'mdy') return monthFirst;
  return dayFirst !== null && monthFirst !== null && dayFirst !== monthFirst
    ? EITHER
    : (dayFirst ?? monthFirst);
}

function fromEpoch(text: string): string | null {
  if (!EPOCH.test(text)) return null;
  const milliseconds = text.length > 10 ? Number(text) : Number(text) * 1000;
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}

/** Null unless there is such a day and such a time. */
function assemble(parts: Parts | undefined): string | null {
  if (parts === undefined) return null;
  const { y = '', m = '', d = '', time, zone } = parts;
  const day = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  if (!isDay(day)) return null;
  if (time === undefined) return day;
  const clock = readClock(time);
  return clock === null ? null : `${day}T${clock}${readZone(zone)}`;
}

/** Days that do not exist roll over to the next month, and show that way. */
function isDay(day: string): boolean {
  const read = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day);
}

function readClock(time: string): string | null {
  const [hours = '', minutes = '', seconds = '00'] = time.split(':');
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) >= 60) return null;
  return `${hours.padStart(2, '0')}:${minutes}:${seconds}`;
}

function readZone(zone: string | undefined): string {
  if (zone === undefined) return '';
  if (/^(?:Z|UTC)$/i.test(zone)) return 'Z';
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return `${zone.charAt(0)}${digits.slice(0, 2)}:${digits.slice(2)}`;
}
