import type { ProviderSchema, TableSchema } from '../../../connectors/contract/schema.ts';
import { shapeOf } from '../../domain/providers/column-shape.ts';
import { propose, type Proposal } from '../../domain/providers/propose.ts';
import { detect } from '../../passwords/detect.ts';
import type { AppContext } from '../context.ts';
import { openTarget, type ProviderTarget } from './provider-target.ts';

export interface DiscoveredColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  /** What its values look like, in words; null when like nothing in particular. Never a value. */
  readonly looksLike: string | null;
}

export interface DiscoveredTable extends Omit<TableSchema, 'columns'> {
  readonly columns: readonly DiscoveredColumn[];
}

export interface Discovery {
  readonly tables: readonly DiscoveredTable[];
  /** Null when nothing looks like people. */
  readonly proposal: Proposal | null;
}

/** What a provider's database offers, and how it could be mapped. Saves nothing and repeats no value. */
export async function discoverProvider(
  context: AppContext,
  target: ProviderTarget,
  signal: AbortSignal,
): Promise<Discovery> {
  await using open = await openTarget(context, target);
  const schema = await open.connector.discover(signal);
  return { tables: schema.tables.map(describeTable), proposal: proposeFor(schema) };
}

function proposeFor(schema: ProviderSchema): Proposal | null {
  return propose(schema, formatOf);
}

function formatOf(text: string): string | null {
  return detect(text, 'auto')?.format.name ?? null;
}

function describeTable(table: TableSchema): DiscoveredTable {
  const columns = table.columns.map((column): DiscoveredColumn => {
    const { emails, hashes } = shapeOf(column, formatOf);
    const hashed = hashes.length > 0 ? `password hashes (${hashes.join(', ')})` : null;
    const { name, type, nullable } = column;
    return { name, type, nullable, looksLike: hashed ?? (emails ? 'e-mail addresses' : null) };
  });
  return { ...table, columns };
}
