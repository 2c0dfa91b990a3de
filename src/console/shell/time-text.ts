const UNITS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** "3 minutes ago", "in 2 hours", "now" for less than a minute either way. */
export function relativeTime(at: Date, now: Date, language = 'en'): string {
  const seconds = (at.getTime() - now.getTime()) / 1_000;
  const [unit, size] = UNITS.find(([, most]) => Math.abs(seconds) >= most) ?? ['second', 0];
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  return size === 0 ? format.format(0, 'second') : format.format(Math.round(seconds / size), unit);
}

/** The same moment to the second, with the zone it is written in. */
export function absoluteTime(at: Date, language = 'en'): string {
  return new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'long',
  }).format(at);
}
