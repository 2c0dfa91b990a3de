import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { ProviderSchema, TableSchema } from '../../../connectors/contract/schema.ts';
import { recognise } from '../../../connectors/templates/index.ts';
import { shapeOf, type HashFormats } from '../../domain/providers/column-shape.ts';
import { propose } from '../../domain/providers/propose.ts';
import type { Proposal } from '../../domain/providers/proposal.ts';
import { detect } from '../../passwords/detect.ts';
import { KNOWN_FORMATS } from '../../passwords/format-names.ts';
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
}

/** What a provider's database offers, and how it could be mapped. Saves nothing and repeats no value. */
export async function discoverProvider(
  context: AppContext,
  target: ProviderTarget,
  signal: AbortSignal,
): Promise<Discovery> {
  await using open = await openTarget(context, target);
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
    others: (proposal?.alternatives ?? []).flatMap((other) => proposeOne(schema, other)),
  };
}

/** Formats whose hashes look like those of others; a plain password looks like anything. */
const NAMED = KNOWN_FORMATS.filter(({ onlyNamed, name }) => onlyNamed && name !== 'plain').map(
  ({ name }) => name,
);

const FORMATS: HashFormats = {
  of: (text) => detect(text, 'auto')?.format.name ?? null,
  named: (text) => NAMED.filter((name) => detect(text, name) !== null),
};

function proposeOne({ tables }: ProviderSchema, name: string): readonly Proposal[] {
  const proposal = propose({ tables: tables.filter((table) => table.name === name) }, FORMATS);
  return proposal === null ? [] : [proposal];
}

function describeTable(table: TableSchema): DiscoveredTable {
  const columns = table.columns.map((column): DiscoveredColumn => {
    const { emails, hashes } = shapeOf(column, FORMATS);
    const hashed = hashes.length > 0 ? `password hashes (${hashes.join(', ')})` : null;
    const { name, type, nullable } = column;
    return { name, type, nullable, looksLike: hashed ?? (emails ? 'e-mail addresses' : null) };
  });
  return { ...table, columns };
}
