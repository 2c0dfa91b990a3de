import { z } from 'zod';
import type { PlainTransform, Transform } from '../../../connectors/contract/definition.ts';
import { advise } from './checks.ts';

const PLAIN = [
  'trim',
  'collapse',
  'lower',
  'upper',
  'title',
  'normalize',
  'removeDiacritics',
  'boolean',
  'not',
  'isEmpty',
  'isSet',
  'date',
] as const satisfies readonly PlainTransform[];

const MOST_TEXT = 500;
const MOST_WORDS = 500;
const MOST_PARTS = 100;
const MOST_TRUNCATED = 4000;

const anyText = z.string().max(MOST_TEXT);
const someText = anyText.min(1);

/** One text, or a list of them. */
const words = z
  .union([someText, z.array(someText).min(1).max(MOST_WORDS)])
  .transform((given) => (typeof given === 'string' ? [given] : given));

const take = z
  .int()
  .min(-MOST_PARTS)
  .max(MOST_PARTS)
  .refine((place) => place !== 0, advise('counts from 1, or from -1 at the end', { code: 'OUT_OF_BOUNDS' }))
  .default(1);

/** YAML makes numbers and truth values of bare words; as a result of `switch` they are texts. */
const outcome = z
  .union([anyText, z.boolean(), z.null()])
  .transform((given) => (typeof given === 'boolean' ? String(given) : given));

const settings = {
  split: z.strictObject({ by: someText, take }),
  replace: z.strictObject({ from: someText, to: anyText }),
  removePrefix: someText,
  removeSuffix: someText,
  addPrefix: someText,
  addSuffix: someText,
  emptyIf: z
    .union([anyText, z.array(anyText).min(1).max(MOST_WORDS)])
    .transform((given) => (typeof given === 'string' ? [given] : given)),
  truncate: z.int().min(1).max(MOST_TRUNCATED),
  switch: z
    .record(anyText, outcome)
    .refine((cases) => Object.keys(cases).length > 0, advise('names no case', { code: 'EMPTY' }))
    .refine((cases) => Object.keys(cases).length <= MOST_WORDS, advise(`has more than ${MOST_WORDS} cases`)),
  boolean: z.strictObject({ true: words, false: words }),
  date: z.enum(['dmy', 'mdy']),
};

type Named = keyof typeof settings;

/** Every transform a definition may name, those with settings last. */
export const TRANSFORM_NAMES: readonly string[] = [
  ...PLAIN,
  ...Object.keys(settings).filter((name) => !PLAIN.includes(name as PlainTransform)),
];

/** The settings a transform has, for telling what an unknown one was meant to be. */
export function transformKeys(name: string): readonly string[] {
  const schema = Object.hasOwn(settings, name) ? settings[name as Named] : undefined;
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : Object.keys(settings);
}

const oneSetting = z.unknown().refine(
  () => false,
  advise('is neither a transform nor one with its settings', {
    code: 'VALUE_NOT_ALLOWED',
    remedy: `Write one of ${PLAIN.join(', ')}, or one of { ${Object.keys(settings).join(': … }, { ')}: … }.`,
  }),
);

function schemaFor(given: unknown): z.ZodType {
  if (typeof given === 'string') return Object.hasOwn(settings, given) ? plainOrSettings(given) : plain;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return oneSetting;
  const [name, ...others] = Object.keys(given);
  if (name === undefined || others.length > 0) return oneSetting;
  return Object.hasOwn(settings, name)
    ? z.strictObject({ [name]: settings[name as Named] })
    : z.strictObject({});
}

const plain = z.unknown().refine(
  (given) => PLAIN.includes(given as PlainTransform),
  advise('is not a transform', {
    code: 'VALUE_NOT_ALLOWED',
    remedy: `Use one of: ${TRANSFORM_NAMES.join(', ')}.`,
  }),
);

/** `boolean` and `date` go without settings too; of the others it is said what is missing. */
function plainOrSettings(name: string): z.ZodType {
  if (PLAIN.includes(name as PlainTransform)) return plain;
  return z.unknown().refine(
    () => false,
    advise('needs to be told more', {
      code: 'VALUE_NOT_ALLOWED',
      remedy: `Write { ${name}: … }; the guide to mappings has an example.`,
    }),
  );
}

const transform = z.unknown().transform((given, context): Transform => {
  const read = schemaFor(given).safeParse(given, { reportInput: true });
  if (read.success) return read.data as Transform;
  context.issues.push(...read.error.issues.map((issue) => issue as z.core.$ZodRawIssue));
  return z.NEVER;
});

const MOST_STEPS = 20;
const list = z.array(transform).max(MOST_STEPS);

/** A list of transforms, or one alone. */
export const transforms = z.preprocess(
  (given) => (given === undefined || Array.isArray(given) ? given : [given]),
  list.default([]),
);
