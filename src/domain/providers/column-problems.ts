import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { ProviderSchema, TableSchema } from '../../../connectors/contract/schema.ts';
import type { Problem } from '../../kernel/errors.ts';
import { compiledOf } from '../mapping/expression/compiled-of.ts';
import { rulesOf } from './columns.ts';
import { shown } from './expression-problems.ts';

/**
 * The columns that expressions read and that the source does not have, each with a
 * caret under it. Nothing is said of a query, nor of a table the schema does not
 * show: the connector's own check does that.
 */
export function columnProblems(definition: ProviderDefinition, schema: ProviderSchema): Problem[] {
  const table = tableOf(definition.source.table, schema);
  if (table === null) return [];
  const present = table.columns.map(({ name }) => name);
  return rulesOf(definition).flatMap(([place, rule]) => {
    if (!('expression' in rule)) return [];
    return compiledOf(rule)
      .columns.filter(({ name }) => !present.includes(name))
      .map(({ name, start }) => ({
        path: `${place}.expression`,
        code: 'COLUMN_MISSING',
        message: shown(`${table.name} has no column ${name}`, rule.expression, start),
        remedy: offer(name, present),
      }));
  });
}

/** Whether a definition has expressions at all: asking the source is worth it only then. */
export function hasExpressions(definition: ProviderDefinition): boolean {
  return rulesOf(definition).some(([, rule]) => 'expression' in rule);
}

/** A table is found by its whole name, and without its schema where only one is called that. */
function tableOf(named: string | undefined, { tables }: ProviderSchema): TableSchema | null {
  if (named === undefined) return null;
  const [first, ...others] = [
    ...tables.filter(({ name }) => name === named),
    ...tables.filter(({ name }) => name.endsWith(`.${named}`)),
  ];
  return first === undefined || (others.length > 0 && first.name !== named) ? null : first;
}

const MOST_OFFERED = 20;

function offer(name: string, present: readonly string[]): string {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  const near = present.filter((other) => plain(other) === plain(name));
  const offered = near.length > 0 ? near : present.slice(0, MOST_OFFERED);
  return `${near.length > 0 ? 'Write' : 'Columns there'}: ${offered.join(', ')}.`;
}
