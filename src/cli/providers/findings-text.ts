import type { ProviderTest } from '../asks/providers.ts';
import type { Output } from '../output.ts';

const COLOURS = { ok: 'green', warning: 'yellow', error: 'red' } as const;
const MARKS = { ok: '✓', warning: '!', error: '✗' } as const;

/** What checks found, with the remedies beneath. */
export function findingsText(output: Output, findings: ProviderTest['findings']): string {
  return findings
    .map(({ step, severity, code, message, remedy }) => {
      const head = `${output.style(COLOURS[severity], MARKS[severity])} ${step.padEnd(10)} ${message}`;
      if (severity === 'ok') return head;
      const indented = remedy.split('\n').map((line) => `             ${line}`);
      return [`${head} (${code})`, ...indented].join('\n');
    })
    .join('\n');
}
