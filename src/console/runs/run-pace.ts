import type { Run } from './queries.ts';

/** Before that a guess says nothing. */
const LEAST_SECONDS = 3;

/** How fast a run reads, and how long it goes on at that: "1,240 a second, about 2 minutes left". Null while nobody can tell. */
export function paceText({ counters, expected, startedAt, state }: Run, now: Date): string | null {
  if (startedAt === null || (state !== 'planning' && state !== 'applying')) return null;
  const seconds = (now.getTime() - new Date(startedAt).getTime()) / 1_000;
  const read = counters.read ?? 0;
  if (seconds < LEAST_SECONDS || read === 0) return null;
  const rate = read / seconds;
  const pace = `${Math.round(rate).toLocaleString('en')} a second`;
  if (expected === null || read >= expected) return pace;
  return `${pace}, ${leftText((expected - read) / rate)} left`;
}

function leftText(seconds: number): string {
  if (seconds < 60) return 'less than a minute';
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `about ${String(minutes)} ${minutes === 1 ? 'minute' : 'minutes'}`;
  const hours = Math.round(minutes / 60);
  return `about ${String(hours)} ${hours === 1 ? 'hour' : 'hours'}`;
}
