import fc from 'fast-check';

/** Of JSON Schema, what the document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly additionalProperties?: Schema | boolean;
}

/** Where references lead, and what texts are of something that exists. */
export interface Surroundings {
  readonly schemas: () => Readonly<Record<string, Schema>>;
  readonly known: readonly string[];
}

/** Texts that have broken somebody's server before. */
export const HOSTILE = [
  '',
  ' ',
  '\0',
  '../../etc/passwd',
  "1' OR '1'='1",
  '%',
  '${7*7}',
  '=cmd|x',
  '\r\nX-Evil: 1',
  '\u202Eabc',
  '\uD800',
  'x'.repeat(3_000),
  '00000000-0000-7000-8000-000000000000',
  '99999999999999999999',
  'null',
];

/** Anything that JSON can say. */
export const junk = fc.oneof(fc.constantFrom<unknown>(...HOSTILE, null, true, -1, 0, 1e308), fc.jsonValue());

const DEEPEST = 5;

/** What fits a schema, more or less: its types, its bounds, its names. */
export function fitting(schema: Schema, around: Surroundings, depth = 0): fc.Arbitrary<unknown> {
  const inner = (part: Schema): fc.Arbitrary<unknown> => fitting(part, around, depth + 1);
  if (schema.$ref !== undefined) return inner(around.schemas()[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map(inner));
  return shaped(schema, inner, depth) ?? plain(schema, around);
}

function shaped(
  { properties, required, items, type }: Schema,
  inner: (part: Schema) => fc.Arbitrary<unknown>,
  depth: number,
): fc.Arbitrary<unknown> | null {
  if (properties !== undefined && depth < DEEPEST) {
    const shape = Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, inner(part)]));
    return fc.record(shape, { requiredKeys: [...(required ?? [])] });
  }
  return type === 'array' ? fc.array(inner(items ?? {}), { maxLength: 3 }) : null;
}

function plain(
  { type, minimum, maximum, minLength }: Schema,
  { known }: Surroundings,
): fc.Arbitrary<unknown> {
  if (type === 'integer' || type === 'number')
    return fc.integer({ min: Math.max(minimum ?? -5, -1e6), max: Math.min(maximum ?? 1e6, 1e6) });
  if (type === 'boolean') return fc.boolean();
  if (type === 'object') {
    const names = fc.constantFrom('username', 'email', 'x', '__proto__', 'enabled');
    return fc.dictionary(names, fc.string(), { maxKeys: 4 });
  }
  return fc.oneof(fc.constantFrom(...known, ...HOSTILE), fc.string({ minLength: minLength ?? 0 }), fc.uuid());
}
