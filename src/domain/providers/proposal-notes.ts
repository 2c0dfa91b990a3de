import type { TableSchema } from '../../../connectors/contract/schema.ts';
import type { Column } from './judge-column.ts';
import type { ProposedField } from './proposal.ts';

/** Ends of accounts: there is no clock in a mapping, the source has one. */
const END =
  /(?:^|_)(?:expir\w*|valid_?(?:to|until)|end_?date|ends?_?(?:at|on))(?:_|$)|^(?:gültigbis|slutdatum|fin|scadenza)$/i;

/** What somebody has to decide before a proposal is a definition. */
export function notesOn(
  table: TableSchema,
  columns: readonly Column[],
  fields: readonly ProposedField[],
): readonly string[] {
  const has = (path: string): boolean => fields.some((field) => field.path === path);
  const end = columns.find(({ name, shape }) => END.test(name) && shape.dates);
  return [
    table.key.length === 0
      ? `${table.name} has no primary key: name columns in source.key that are unique and never empty`
      : null,
    end === undefined
      ? null
      : `${end.name} seems to say until when an account is good: leave those that ended out with source.where`,
    has('mapping.enabled') ? null : 'no column says who may sign in: everybody may',
    has('password.column') ? null : 'no column looks like password hashes',
    has('mapping.email') ? null : 'no column looks like e-mail addresses: pre-registration needs one',
    emptyEnabled(columns, fields),
  ].filter((note) => note !== null);
}

/** An empty `enabled` is a fault of its record unless somebody has said what it means. */
function emptyEnabled(columns: readonly Column[], fields: readonly ProposedField[]): string | null {
  const enabled = fields.find(({ path }) => path === 'mapping.enabled');
  const column = columns.find(({ name }) => name === enabled?.column);
  const answersAll =
    enabled?.transform.some((step) => step === 'isEmpty' || typeof step === 'object') ?? false;
  if (column?.nullable !== true || answersAll) return null;
  return `${column.name} may be empty: give mapping.enabled a default, true or false`;
}
