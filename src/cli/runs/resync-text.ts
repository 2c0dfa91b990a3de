import type { Resync } from '../asks/runs.ts';
import type { ExitCode } from '../command.ts';
import type { Output } from '../output.ts';

const MARKS = { ok: '✓', failed: '✗', skipped: '–' } as const;
const COLOURS = { ok: 'green', failed: 'red', skipped: 'dim' } as const;

/** Shows the five steps by which one person was brought into step. @returns 1 when one of them failed. */
export function showResync(output: Output, report: Resync): ExitCode {
  output.result(report, () =>
    report.steps
      .map(
        ({ name, state, detail }) =>
          `${output.style(COLOURS[state], MARKS[state])} ${name.padEnd(9)} ${detail}`,
      )
      .join('\n'),
  );
  return report.steps.every((step) => step.state === 'ok') ? 0 : 1;
}
