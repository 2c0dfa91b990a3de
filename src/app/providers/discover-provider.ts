import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { ProviderSchema, TableSchema } from '../../../connectors/contract/schema.ts';
import { recognise } from '../../../connectors/templates/index.ts';
import { propose } from '../../domain/providers/propose.ts';
import type { Proposal } from '../../domain/providers/proposal.ts';
import type { AppContext } from '../context.ts';
import { describeColumns, FORMATS, type DiscoveredColumn } from './describe-columns.ts';
import { describeOpen, type DescribedQuery } from './describe-query.ts';
import { openTarget, type ProviderTarget } from './provider-target.ts';

export interface DiscoveredTable extends Omit<TableSchema, 'columns'> {
  readonly columns: readonly DiscoveredColumn[];
}

/** An application that was recognised by its tables, and the template for it. */
export interface DiscoveredApplication {
  readonly template: string;
  readonly application: string;
  /** The table of its people, with its prefix. */
  readonly table: string;
}

export interface Discovery {
  /** Where was looked, for a definition that is made of the proposal; never with the password. */
  readonly whereabouts: Pick<ProviderDefinition, 'name' | 'connector' | 'connection'>;
  readonly tables: readonly DiscoveredTable[];
  readonly applications: readonly DiscoveredApplication[];
  /** Null when nothing looks like people. */
  readonly proposal: Proposal | null;
  /** The same for the other tables that could be people, the likeliest first. */
  readonly others: readonly Proposal[];
  /** What the definition's query answers; null where its source is a table. */
  readonly query: DescribedQuery | null;
}

/**
 * What a provider's database offers, and how it could be mapped. Saves nothing and
 * repeats no value.
 *
 * @throws AppError and ConnectorError of the connector, `SOURCE_QUERY_REFUSED` among them where the definition has a query.
 */
export async function discoverProvider(
  context: AppContext,
  target: ProviderTarget,
  signal: AbortSignal,
): Promise<Discovery> {
  await using open = await openTarget(context, target);
  const query = await describeOpen(open, signal);
  const schema = await open.connector.discover(signal);
  const { name, connector, connection } = open.definition;
  const proposal = propose(schema, FORMATS);
  return {
    whereabouts: { name, connector, connection },
    tables: schema.tables.map(describeTable),
    applications: recognise(schema.tables).map(({ template, table }) => ({
      template: template.name,
      application: template.application,
      table,
    })),
    proposal,
    query,
    others: (proposal?.alternatives ?? []).flatMap((other) => proposeOne(schema, other)),
  };
}

function proposeOne({ tables }: ProviderSchema, name: string): readonly Proposal[] {
  const proposal = propose({ tables: tables.filter((table) => table.name === name) }, FORMATS);
  return proposal === null ? [] : [proposal];
}

function describeTable(table: TableSchema): DiscoveredTable {
  return { ...table, columns: describeColumns(table.columns) };
}
