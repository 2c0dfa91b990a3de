import type { ManyReport } from '../asks/mail.ts';
import { time } from '../output.ts';

/** `412 people get a new link until …; 3 do not: 2 disabled, 1 no-email`. @param what happens to them */
export function manyText({ done, skipped, reasons, until }: ManyReport, what: string): string {
  const last = until === null ? '' : `, the last at ${time(until)}`;
  const why = Object.entries(reasons).map(([reason, count]) => `${count} ${reason}`);
  const others = skipped === 0 ? '' : `; ${skipped} are left out: ${why.join(', ')}`;
  return `${done} people ${what}${last}${others}`;
}
