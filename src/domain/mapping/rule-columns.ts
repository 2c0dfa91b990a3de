import type { FieldRule } from '../../../connectors/contract/definition.ts';
import { compiledOf } from './expression/compiled-of.ts';

/** The columns that a rule reads, in the order it names them. */
export function ruleColumns(rule: FieldRule): readonly string[] {
  if ('column' in rule) return [rule.column];
  if ('columns' in rule) return rule.columns;
  if ('coalesce' in rule) return rule.coalesce;
  if ('expression' in rule) return compiledOf(rule).columns.map(({ name }) => name);
  return [];
}
