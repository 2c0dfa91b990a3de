import type { Span } from './queries.ts';

const SPANS: readonly Span[] = ['day', 'week', 'month'];

/** How far back the activity goes, from the address of the screen. */
export function readOverviewSearch({ span }: Record<string, unknown>): { span?: Span } {
  const known = SPANS.find((one) => one === span);
  return known === undefined ? {} : { span: known };
}
