import { z } from 'zod';
import type { FieldRule } from '../../../connectors/contract/definition.ts';
import { advise, text } from './checks.ts';

const transforms = z.array(z.enum(['trim', 'lower', 'upper', 'normalize']));

const ofColumn = z.strictObject({
  column: text,
  transform: transforms.default([]),
  default: z.string().optional(),
});

const ofValue = z.strictObject({ value: z.union([z.string(), z.boolean()]) });

const ofExpression = z
  .unknown()
  .refine(
    () => false,
    advise('expressions are not supported by this version', {
      code: 'EXPRESSION_UNSUPPORTED',
      remedy: 'Use a column, a value, or a view or query of the provider that computes it.',
    }),
  )
  .transform(() => z.NEVER);

const name = z
  .string()
  .refine((column) => column.trim() !== '', advise('names no column', { code: 'EMPTY' }))
  .transform((column): FieldRule => ({ column, transform: [] }));

const WRONG_TYPE = advise('is neither the name of a column nor a rule', {
  code: 'WRONG_TYPE',
  remedy: 'Write the name of a column, { column: …, transform: […] } or { value: … }.',
});
const noRule = z
  .unknown()
  .refine(() => false, WRONG_TYPE)
  .transform(() => z.NEVER);

/** The settings of a rule that is a group. */
export const RULE_KEYS = ['column', 'transform', 'default', 'value'];

function schemaFor(rule: unknown): z.ZodType<FieldRule> {
  if (rule === undefined || typeof rule === 'string') return name;
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) return noRule;
  if ('expression' in rule) return ofExpression;
  return 'value' in rule ? ofValue : ofColumn;
}

/** A column's name, `{ column, transform, default }` or `{ value }`. */
export const fieldRule = z.unknown().transform((rule, context): FieldRule => {
  const read = schemaFor(rule).safeParse(rule, { reportInput: true });
  if (read.success) return read.data;
  context.issues.push(...read.error.issues.map((issue) => issue as z.core.$ZodRawIssue));
  return z.NEVER;
});
