import type { DescribedQuery, Discovery, DiscoveredTable, Proposal } from '../queries.ts';
import { at, put, textAt, type Document } from './document.ts';

/** A table is found by its whole name, and without its schema where only one is called that. */
export function tableOf(discovery: Discovery | undefined, named: string): DiscoveredTable | undefined {
  const tables = discovery?.tables ?? [];
  const bare = (name: string): string => name.replaceAll(/["`]/g, '');
  return (
    tables.find(({ name }) => bare(name) === bare(named)) ??
    tables.find(({ name }) => bare(name).endsWith(`.${bare(named)}`))
  );
}

/** What was made of a table; undefined when it does not look like people. */
export function proposalFor(discovery: Discovery | undefined, named: string): Proposal | undefined {
  const table = tableOf(discovery, named)?.name;
  if (discovery === undefined || table === undefined) return undefined;
  return [discovery.proposal, ...discovery.others].find((proposal) => proposal?.table === table) ?? undefined;
}

/** The rule that was proposed for a field: a column, or one with its transforms. */
export function proposedRule({ column, transform }: Proposal['fields'][number]): unknown {
  if (transform.length === 0) return column;
  return { column, transform: transform.length === 1 ? transform[0] : transform };
}

/** The document with a table as its source, and with everything that was proposed for it in place of what was mapped before. */
export function adopt(document: Document, table: DiscoveredTable, proposal: Proposal | undefined): Document {
  const key = proposal !== undefined && proposal.key.length > 0 ? proposal.key : table.key;
  return fillIn(document, { table: table.name, key }, proposal);
}

/** The same with a query. */
export function adoptQuery(document: Document, { text, key, proposal }: DescribedQuery): Document {
  return fillIn(document, { query: text, ...(key.length > 0 && { key }) }, proposal ?? undefined);
}

/** The document without its source and what was mapped of it. */
export function withoutSource(document: Document): Document {
  return fillIn(document, {}, undefined);
}

function fillIn(document: Document, named: Document, proposal: Proposal | undefined): Document {
  const where = at(document, 'source.where');
  const source = { ...named, ...(where !== undefined && { where }) };
  const bare = ['mapping', 'password', 'changes.cursor'].reduce(
    (rest, path) => put(rest, path, undefined),
    put(document, 'source', source),
  );
  if (proposal === undefined) return bare;
  const mapped = proposal.fields.reduce(
    (rest, field) => put(rest, partsOf(field.path), proposedRule(field)),
    bare,
  );
  const format = formatFor(proposal);
  const hashed = textAt(mapped, 'password.column') !== '' && format !== null;
  return withCursor(hashed ? put(mapped, 'password.format', format) : mapped, proposal);
}

/** What no look tells of the hashes: a rule where salts have a column of their own, or a name; null otherwise. */
function formatFor({ namedFormat, salted }: Proposal): unknown {
  return salted === null ? namedFormat : { digest: salted.digest, salt: { column: salted.column } };
}

/** Where something tells what changed it is asked for; a mode that somebody has chosen stays. */
function withCursor(document: Document, { cursor }: Proposal): Document {
  if (cursor === null) return document;
  const mode = at(document, 'changes.mode') ?? 'poll';
  const polled = put(put(document, 'changes.mode', mode), 'changes.cursor', cursor.column);
  return at(document, 'changes.delta') === undefined ? put(polled, 'changes.delta', '* * * * *') : polled;
}

/** An attribute's name may hold dots. */
export function partsOf(path: string): readonly string[] {
  const attributes = 'mapping.attributes.';
  return path.startsWith(attributes)
    ? ['mapping', 'attributes', path.slice(attributes.length)]
    : path.split('.');
}

/** What a query answers, where a form asks for a table and its columns. */
export function tableOfQuery({ key, columns }: DescribedQuery): DiscoveredTable {
  return { name: 'the query', kind: 'view', key, columns, estimatedRows: null };
}
