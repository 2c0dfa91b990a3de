import { z } from 'zod';
import type { FieldRule } from '../../../connectors/contract/definition.ts';
import { advise, text } from './checks.ts';
import { TRANSFORM_NAMES, transformKeys, transforms } from './transform.ts';

const MOST_COLUMNS = 20;
const MOST_JOIN = 20;

/** In characters; what an expression says is looked at where expressions are understood. */
const MOST_EXPRESSION = 4096;
const TOO_LONG = advise(`is longer than ${MOST_EXPRESSION} characters`, {
  code: 'OUT_OF_BOUNDS',
  remedy: 'Compute the value in a view or query of the provider.',
});

/** A flag's default is most naturally written as true or false. */
const fallback = z.union([z.string(), z.boolean()]).transform(String).optional();

const refining = { transform: transforms, default: fallback };
const columns = z.array(text).min(1).max(MOST_COLUMNS);

const schemas = {
  column: z.strictObject({ column: text, ...refining }),
  columns: z.strictObject({ columns, join: z.string().max(MOST_JOIN).default(' '), ...refining }),
  coalesce: z.strictObject({ coalesce: columns, ...refining }),
  expression: z.strictObject({
    expression: text.refine((given) => given.length <= MOST_EXPRESSION, TOO_LONG),
    ...refining,
  }),
  value: z.strictObject({ value: z.union([z.string(), z.boolean()]) }),
};

const name = z
  .string()
  .refine((column) => column.trim() !== '', advise('names no column', { code: 'EMPTY' }))
  .transform((column): FieldRule => ({ column, transform: [] }));

const WRONG_TYPE = advise('is neither the name of a column nor a rule', {
  code: 'WRONG_TYPE',
  remedy:
    'Write the name of a column, { column: …, transform: […] }, { columns: […], join: … }, { coalesce: […] }, or { value: … }.',
});
const noRule = z
  .unknown()
  .refine(() => false, WRONG_TYPE)
  .transform(() => z.NEVER);

/** The settings of a rule that is a group. */
export const RULE_KEYS = [
  'column',
  'columns',
  'join',
  'coalesce',
  'expression',
  'transform',
  'default',
  'value',
];

/** The settings known at a place inside a rule, for telling what an unknown one was meant to be. */
export function ruleKeysAt(path: string): readonly string[] {
  const step = /\.transform(?:\[\d+\])?(?:\.(?<name>\w+))?$/.exec(path);
  if (step === null) return RULE_KEYS;
  const named = step.groups?.['name'];
  return named === undefined ? TRANSFORM_NAMES : transformKeys(named);
}

/** Which form of rule it is, by the setting that only this form has. */
const FORMS = ['value', 'expression', 'coalesce', 'columns', 'column'] as const;

function schemaFor(rule: unknown): z.ZodType<FieldRule> {
  if (rule === undefined || typeof rule === 'string') return name;
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) return noRule;
  return schemas[FORMS.find((form) => form in rule) ?? 'column'];
}

/** A column's name, or a group with `column`, `columns`, `coalesce`, `expression` or `value`. */
export const fieldRule = z.unknown().transform((rule, context): FieldRule => {
  const read = schemaFor(rule).safeParse(rule, { reportInput: true });
  if (read.success) return read.data;
  context.issues.push(...read.error.issues.map((issue) => issue as z.core.$ZodRawIssue));
  return z.NEVER;
});
