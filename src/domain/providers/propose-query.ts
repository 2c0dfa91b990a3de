import type { QuerySchema } from '../../../connectors/contract/schema.ts';
import type { HashFormats } from './column-shape.ts';
import { propose } from './propose.ts';
import type { Proposal } from './proposal.ts';

/** What a query is called where a table has its name. */
export const THE_QUERY = 'the query';

/**
 * Proposes how what a query answers maps to profiles; see {@link propose}.
 *
 * @returns null when it does not look like people.
 */
export function proposeQuery({ key, columns }: QuerySchema, formats: HashFormats): Proposal | null {
  const table = { name: THE_QUERY, kind: 'view' as const, key, columns, estimatedRows: null };
  const proposal = propose({ tables: [table] }, formats);
  if (proposal === null || key.length === 0) return proposal;
  return { ...proposal, notes: [...proposal.notes, guessed(key)] };
}

function guessed(key: readonly string[]): string {
  return `nothing declares a key of a query: ${key.join(', ')} is taken for it, as no record looked at leaves it empty or repeats it`;
}
