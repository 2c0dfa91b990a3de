import type { FieldRule } from '../../../connectors/contract/definition.ts';
import type { SourceRecord } from '../../../connectors/contract/record.ts';
import { compiledOf } from './expression/compiled-of.ts';
import { evaluate } from './expression/evaluate.ts';
import { transformValue } from './transform-value.ts';
import type { Stepped } from './transforms/step.ts';

/** What a rule makes of a record: a text, nothing (null), or why neither. */
export function readRule(rule: FieldRule, record: SourceRecord): Stepped {
  if ('value' in rule) return { value: String(rule.value) };
  const raw = readSource(rule, record);
  if ('fault' in raw) return raw;
  const stepped = transformValue(raw.value, rule.transform);
  return 'fault' in stepped ? stepped : { value: stepped.value ?? rule.default ?? null };
}

type Sourced = Exclude<FieldRule, { readonly value: unknown }>;

function readSource(rule: Sourced, record: SourceRecord): Stepped {
  if ('column' in rule) return readColumn(rule.column, record);
  if ('coalesce' in rule) return readAll(rule.coalesce, record, (held) => held[0] ?? null);
  if ('columns' in rule)
    return readAll(rule.columns, record, (held) => (held.length === 0 ? null : held.join(rule.join)));
  const compiled = compiledOf(rule);
  if (compiled.ok) return evaluate(compiled.expression, record);
  const [fault] = compiled.faults;
  return { fault: { code: fault.code, message: `is made by an expression that ${fault.message}` } };
}

/** A column that was not read is not null: believing so would empty the field. */
function readColumn(column: string, { values }: SourceRecord): Stepped {
  const value = Object.hasOwn(values, column) ? values[column] : undefined;
  if (value !== undefined) return { value };
  return { fault: { code: 'COLUMN_NOT_READ', message: `needs the column ${column}, which was not read` } };
}

/** Makes one of several columns, of those that hold more than white space. */
function readAll(
  columns: readonly string[],
  record: SourceRecord,
  unite: (held: readonly string[]) => string | null,
): Stepped {
  const held: string[] = [];
  for (const column of columns) {
    const read = readColumn(column, record);
    if ('fault' in read) return read;
    if (read.value !== null && read.value.trim() !== '') held.push(read.value);
  }
  return { value: unite(held) };
}
