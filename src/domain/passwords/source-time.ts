/** The year 2286 in seconds; what is larger counts milliseconds. */
const MOST_SECONDS = 1e10;

/**
 * The moment that a provider's column holds, as its connector hands it over: an
 * ISO date and time, in UTC unless it says otherwise, or a number of seconds or
 * milliseconds since 1970.
 *
 * @returns null for everything else.
 */
export function sourceTime(text: string | null | undefined): Date | null {
  if (text === null || text === undefined) return null;
  if (/^\d{1,16}(\.\d+)?$/.test(text)) {
    const number = Number(text);
    return new Date(number > MOST_SECONDS ? number : number * 1_000);
  }
  const [, day, clock = '00:00:00', zone = 'Z'] = TIME.exec(text) ?? [];
  const date = new Date(`${day ?? ''}T${clock}${zoneOf(zone)}`);
  return Number.isNaN(date.getTime()) ? null : date;
}

const TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d(?::?\d\d)?)?)?$/;

/** `+02` and `+0200`, as databases write it, are `+02:00` in ISO 8601. */
function zoneOf(zone: string): string {
  if (zone === 'Z') return zone;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return `${zone.slice(0, 1)}${digits.slice(0, 2)}:${digits.slice(2)}`;
}
