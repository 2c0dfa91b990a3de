import type { Proposal } from '../../domain/providers/proposal.ts';
import { proposeQuery } from '../../domain/providers/propose-query.ts';
import { invalid } from '../../kernel/errors.ts';
import type { AppContext } from '../context.ts';
import { describeColumns, FORMATS, type DiscoveredColumn } from './describe-columns.ts';
import { openTarget, type OpenTarget, type ProviderTarget } from './provider-target.ts';

/** What a query answers, and how it could be mapped. Holds no value of any record. */
export interface DescribedQuery {
  readonly text: string;
  /** A guess: a column that no record looked at leaves empty or repeats; empty when there is none. */
  readonly key: readonly string[];
  readonly columns: readonly DiscoveredColumn[];
  /** Null when it does not look like people. */
  readonly proposal: Proposal | null;
}

/**
 * Describes the query of a definition, without looking at anything else. Saves nothing.
 *
 * @throws AppError `DEFINITION_INVALID` where the definition has none; ConnectorError as reading, `SOURCE_QUERY_REFUSED` among them.
 */
export async function describeQuery(
  context: AppContext,
  target: ProviderTarget,
  signal: AbortSignal,
): Promise<DescribedQuery> {
  await using open = await openTarget(context, target);
  const described = await describeOpen(open, signal);
  if (described === null) throw noQuery();
  return described;
}

/** The same of one that is open; null where its source is a table. */
export async function describeOpen(
  { connector, definition }: OpenTarget,
  signal: AbortSignal,
): Promise<DescribedQuery | null> {
  const { query: text } = definition.source;
  if (text === undefined || connector.describeQuery === undefined) return null;
  const query = await connector.describeQuery(signal);
  const columns = describeColumns(query.columns);
  return { text, key: query.key, columns, proposal: proposeQuery(query, FORMATS) };
}

function noQuery(): Error {
  return invalid('DEFINITION_INVALID', 'There is no query to describe.', [
    {
      path: 'source.query',
      code: 'QUERY_MISSING',
      message: 'is not there',
      remedy: 'Write a query, or ask what the database offers.',
    },
  ]);
}
