import { createTask, setLogger, type ScheduledTask, type TaskContext } from 'node-cron';
import type { Logger } from '../connectors/contract/tools.ts';
import type { AppContext } from '../src/app/context.ts';
import { watchAllTraces } from '../src/app/providers/watch-traces.ts';
import { removeOutdated } from '../src/app/operators/remove-outdated.ts';
import { purgeGoneProfiles } from '../src/app/profiles/purge-gone-profiles.ts';
import { listSchedules, type Schedule } from '../src/app/runs/list-schedules.ts';
import { requestScheduledRun } from '../src/app/runs/request-scheduled-run.ts';

/** A provider registered or changed anywhere is scheduled within so long. */
const REREAD_MS = 30_000;

const MINUTE_MS = 60_000;

/** Hourly, because an installation that is switched off at night would never come to a nightly one. */
const HOUSEKEEPING = '17 * * * *';

/**
 * Asks for runs when they are due, and keeps house. Any number of schedulers
 * may be at it: the store makes one run of one moment.
 */
export function startSchedule(context: AppContext): AsyncDisposable {
  useLogger(context.logger);
  const tasks = new Map<string, ScheduledTask>();
  const housekeeping = startTask(HOUSEKEEPING, null, async () => await keepHouse(context));
  let reading: Promise<void> = Promise.resolve();
  const reread = (): void => {
    reading = reading.then(async () => await followSchedules(context, tasks));
  };
  reread();
  const timer = setInterval(reread, REREAD_MS);
  return {
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer);
      await reading;
      for (const task of [housekeeping, ...tasks.values()]) await task.destroy();
    },
  };
}

/** Starts tasks for schedules that are new and ends those whose schedule is gone or has changed. */
async function followSchedules(context: AppContext, tasks: Map<string, ScheduledTask>): Promise<void> {
  try {
    const wanted = new Map((await listSchedules(context)).map((schedule) => [keyOf(schedule), schedule]));
    for (const [key, task] of [...tasks]) {
      if (wanted.has(key)) continue;
      tasks.delete(key);
      await task.destroy();
    }
    for (const [key, schedule] of wanted)
      if (!tasks.has(key)) tasks.set(key, startProvider(context, schedule));
  } catch (error) {
    context.logger.warn('the schedules could not be read; the ones known go on', { error });
  }
}

function keyOf({ providerId, kind, cron, timeZone }: Schedule): string {
  return JSON.stringify([providerId, kind, cron, timeZone]);
}

function startProvider(context: AppContext, schedule: Schedule): ScheduledTask {
  return startTask(schedule.cron, schedule.timeZone, async ({ date }) => {
    await askForRun(context, schedule, date);
  });
}

/** Asks for the run of one moment; asking again for the same moment does nothing. */
export async function askForRun(
  context: AppContext,
  schedule: Pick<Schedule, 'providerId' | 'name' | 'kind'>,
  date: Date,
): Promise<void> {
  // Schedulers tick some milliseconds apart; the minute is what they have in common.
  const tick = new Date(Math.floor(date.getTime() / MINUTE_MS) * MINUTE_MS);
  const { providerId, name: provider, kind } = schedule;
  try {
    const run = await requestScheduledRun(context, { providerId, kind, tick });
    if (run !== null) context.logger.info('a scheduled run was requested', { provider, kind, run, tick });
  } catch (error) {
    context.logger.error('a scheduled run could not be requested', { provider, kind, tick, error });
  }
}

async function keepHouse(context: AppContext): Promise<void> {
  try {
    const purged = await purgeGoneProfiles(context);
    if (purged > 0)
      context.logger.info('profiles whose records have been gone for 30 days were purged', { purged });
    await removeOutdated(context);
    await watchAllTraces(context);
  } catch (error) {
    context.logger.error('housekeeping failed; it is tried again in an hour', { error });
  }
}

function startTask(
  cron: string,
  timeZone: string | null,
  run: (context: TaskContext) => Promise<void>,
): ScheduledTask {
  const task = createTask(cron, run, {
    noOverlap: true,
    ...(timeZone === null ? {} : { timezone: timeZone }),
  });
  void task.start();
  return task;
}

function useLogger(logger: Logger): void {
  setLogger({
    info: (message) => logger.debug(message),
    debug: (message) => logger.debug(String(message)),
    warn: (message) => logger.warn(message),
    error: (message, error) => logger.error('the scheduler reported an error', { error: error ?? message }),
  });
}
