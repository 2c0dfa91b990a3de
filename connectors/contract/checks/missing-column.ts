import type { CheckStep, Finding } from '../connector.ts';
import { problem } from './findings.ts';

/** So many columns are offered at most. */
const MOST_OFFERED = 20;

/**
 * The column a typing mistake or another case comes closest to is offered, else those there are.
 *
 * @param hidden the server does not tell columns that are not there from those the login has no right to.
 */
export function missingColumn(
  { step, name }: { readonly step: CheckStep; readonly name: string },
  present: readonly string[],
  hidden = false,
): Finding {
  const near = present.filter((other) => plain(other) === plain(name));
  const offer = near.length > 0 ? near : present.slice(0, MOST_OFFERED);
  return problem(step, {
    code: 'COLUMN_MISSING',
    message: `There is no column ${name}${hidden ? ', or the login has no right to it' : ''}.`,
    remedy: `${near.length > 0 ? 'Write' : 'Use one of'}: ${offer.join(', ')}${hidden ? '; or run what tributary provider grants prints' : ''}.`,
  });
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
