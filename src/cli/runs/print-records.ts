import type { AppContext } from '../../app/context.ts';
import { listRunRecords } from '../../app/runs/show-run.ts';
import type { Session } from '../command.ts';
import { changeText } from './run-text.ts';

const STRETCH = 500;

/** Prints a run's records as they are read, so that a plan of a million takes no memory. @returns how many there are. */
export async function printRecords(
  { output, signal }: Session,
  context: AppContext,
  runId: string,
): Promise<number> {
  let after: string | null = null;
  let count = 0;
  for (;;) {
    const records = await listRunRecords(context, runId, { after, limit: STRETCH });
    if (records.length === 0) return count;
    output.list(records, () =>
      records
        .map(({ recordKey, action, state, changes }) => {
          const head = `${output.style('bold', action)} ${recordKey}${state === 'planned' ? '' : ` (${state})`}`;
          return [
            head,
            ...changeText(changes)
              .split('\n')
              .filter(Boolean)
              .map((line) => `    ${line}`),
          ].join('\n');
        })
        .join('\n'),
    );
    count += records.length;
    after = records.at(-1)?.id ?? after;
    signal.throwIfAborted();
  }
}
