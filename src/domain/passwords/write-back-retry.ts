const MINUTE = 60;
const HOUR = 60 * MINUTE;

const WAITS = [5, 30, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE];

/** After so long a provider that cannot be written to is left to an operator. */
export const WRITE_BACK_GIVE_UP_HOURS = 72;

/** Seconds before the next attempt at a write-back, hourly in the end. @param attempts made so far, at least 1. */
export function writeBackRetrySeconds(attempts: number): number {
  return WAITS[attempts - 1] ?? HOUR;
}
