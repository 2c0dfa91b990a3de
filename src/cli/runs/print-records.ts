import type { RunAsks } from '../asks/runs.ts';
import type { Output } from '../output.ts';
import { changeText } from './run-text.ts';

/** Prints a run's records as they are read, so that a plan of a million takes no memory. @returns how many there are. */
export async function printRecords(output: Output, runs: RunAsks, runId: string): Promise<number> {
  let count = 0;
  for await (const records of runs.records(runId)) {
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
  }
  return count;
}
