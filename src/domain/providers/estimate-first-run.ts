/** What a first run would be like, worked out from a few records. */
export interface FirstRun {
  /** How many records are in scope. */
  readonly records: number;
  /** Rounded up; what reading a few took, and writing them here. */
  readonly seconds: number;
  /** Registration e-mails, if the others are like those that were looked at. */
  readonly emails: number;
}

/** Writing one record here, with its profile, link and timeline, on a small machine. */
const WRITE_MS = 0.2;

export function estimateFirstRun(sample: {
  readonly records: number;
  readonly looked: number;
  readonly invited: number;
  readonly readingMs: number;
}): FirstRun {
  const { records, looked, invited, readingMs } = sample;
  if (looked === 0) return { records, seconds: 0, emails: 0 };
  const each = readingMs / looked + WRITE_MS;
  return {
    records,
    seconds: Math.ceil((records * each) / 1000),
    emails: Math.round((records * invited) / looked),
  };
}
