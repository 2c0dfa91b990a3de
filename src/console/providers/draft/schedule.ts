/** When runs start by themselves, as people say it. */
export interface SpokenSchedule {
  readonly every:
    'never' | 'minute' | 'minutes5' | 'minutes15' | 'hour' | 'day' | 'weekday' | 'week' | 'custom';
  /** `03:00`, for what happens once a day or less. */
  readonly time: string;
  /** 0 is Sunday. */
  readonly day: number;
  /** Five fields, for `custom`. */
  readonly cron: string;
}

export const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

const FIXED: Readonly<Partial<Record<string, SpokenSchedule['every']>>> = {
  '* * * * *': 'minute',
  '*/5 * * * *': 'minutes5',
  '*/15 * * * *': 'minutes15',
  '0 * * * *': 'hour',
};
const DAILY = /^(\d{1,2}) (\d{1,2}) \* \* (\*|1-5|[0-6])$/;
const USUAL = { time: '03:00', day: 0, cron: '' };

/** @param cron undefined: never. */
export function readSchedule(cron: string | undefined): SpokenSchedule {
  if (cron === undefined) return { ...USUAL, every: 'never' };
  const fixed = FIXED[cron];
  if (fixed !== undefined) return { ...USUAL, every: fixed, cron };
  const [, minute, hour, days] = DAILY.exec(cron) ?? [];
  if (minute === undefined || hour === undefined || days === undefined)
    return { ...USUAL, every: 'custom', cron };
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (days === '*') return { ...USUAL, every: 'day', time, cron };
  if (days === '1-5') return { ...USUAL, every: 'weekday', time, cron };
  return { every: 'week', time, day: Number(days), cron };
}

/** @returns undefined for never. */
export function writeSchedule({ every, time, day, cron }: SpokenSchedule): string | undefined {
  if (every === 'never') return undefined;
  if (every === 'custom') return cron;
  const [known] = Object.entries(FIXED).find(([, word]) => word === every) ?? [];
  if (known !== undefined) return known;
  const [hour = 3, minute = 0] = time.split(':').map(Number);
  const days = { day: '*', weekday: '1-5', week: String(day) }[every as 'day' | 'weekday' | 'week'];
  return `${String(minute)} ${String(hour)} * * ${days}`;
}

const WORDS: Readonly<Record<SpokenSchedule['every'], string>> = {
  never: 'never by itself',
  minute: 'every minute',
  minutes5: 'every five minutes',
  minutes15: 'every fifteen minutes',
  hour: 'every hour, on the hour',
  day: 'every day',
  weekday: 'every day from Monday to Friday',
  week: 'every week',
  custom: 'by a schedule of your own',
};

/** `every day at 03:00`. */
export function scheduleText(cron: string | undefined): string {
  const { every, time, day } = readSchedule(cron);
  if (every === 'custom') return `by the schedule ${cron ?? ''}`;
  if (every === 'week') return `every ${DAYS[day] ?? ''} at ${time}`;
  if (every === 'day' || every === 'weekday') return `${WORDS[every]} at ${time}`;
  return WORDS[every];
}

export const CHOICES = Object.entries(WORDS).map(([value, label]) => ({ value, label }));
