import type { ConnectorOptions } from '../contract/connector.ts';
import type { Inbox } from '../contract/inbox.ts';
import type { SourceValue } from '../contract/record.ts';
import type { ProviderSchema } from '../contract/schema.ts';
import { columnsOf } from './values.ts';

const SAMPLE = 20;

/** The columns that records had when they were pushed, as one table. */
export async function discoverSchema(
  { source }: ConnectorOptions,
  inbox: Inbox,
  signal: AbortSignal,
): Promise<ProviderSchema> {
  const pushed = await inbox.page(null, SAMPLE, signal);
  if (pushed.length === 0) return { tables: [] };
  const records = pushed.map(columnsOf);
  const names = [...new Set(records.flatMap((record) => [...record.keys()]))].toSorted();
  const columns = names.map((name) => {
    const values = records.map((record) => record.get(name) ?? null);
    return { name, type: 'text', nullable: values.includes(null), sample: values.filter(isText) };
  });
  const estimatedRows = await inbox.count(signal);
  // Whoever only looks around may not have named them yet.
  const key = source.key.filter((name) => names.includes(name));
  return { tables: [{ name: 'pushed', kind: 'table', key, columns, estimatedRows }] };
}

function isText(value: SourceValue): value is string {
  return value !== null;
}
