const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** RFC 5321 lets a client give up after 4-5 days; ours hands over to one submission server and gives up after two. */
const WAITS = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR];

/** So that a thousand mails refused together do not come back together. */
const SPREAD = 0.2;

/**
 * How long to wait before the next attempt, in seconds.
 *
 * @param attempts made so far, at least 1.
 * @param random from 0 to below 1.
 * @returns null when it is time to give up.
 */
export function emailRetrySeconds(attempts: number, random: number): number | null {
  const wait = WAITS[attempts - 1];
  return wait === undefined ? null : wait * (1 - SPREAD + 2 * SPREAD * random);
}

/** A refused login concerns every e-mail: nothing is sent for so long, and no attempt is used up. */
export const LOGIN_REFUSED_PAUSE_SECONDS = 5 * MINUTE;
