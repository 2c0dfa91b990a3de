import { createTask } from 'node-cron';

export interface ScheduleQuestion {
  /** Five fields, checked: days that no month has are no schedule. */
  readonly cron: string;
  /** An IANA name; undefined: the server's. */
  readonly timeZone?: string | undefined;
  readonly count: number;
}

/** When runs on a schedule would be due, from now on. */
export async function nextRuns({ cron, timeZone, count }: ScheduleQuestion): Promise<readonly Date[]> {
  const options = timeZone === undefined ? {} : { timezone: timeZone };
  // Never started: it is asked, and nothing else.
  const task = createTask(cron, () => undefined, options);
  try {
    return task.getNextRuns(count);
  } finally {
    await task.destroy();
  }
}
