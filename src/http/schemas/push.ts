import { z } from 'zod';
import { advise } from './checks.ts';

/** So many records or keys in one post; more than fit into the size of a body are rare. */
export const MAX_BATCH = 5_000;
const MAX_KEY = 1_000;
const MAX_COLUMNS = 500;

const value = z.union([z.string(), z.number(), z.boolean(), z.null()], {
  error: 'has to be a text, a number, true, false or null',
});
const record = z
  .record(z.string().min(1).max(200), value)
  .refine((columns) => Object.keys(columns).length <= MAX_COLUMNS, advise('has too many columns'));
const key = z.union(
  [z.string().min(1).max(MAX_KEY), z.number(), z.record(z.string(), z.union([z.string(), z.number()]))],
  { error: 'has to be a key, or the key columns by their names' },
);
const set = z
  .string()
  .regex(/^[A-Za-z0-9._:-]{1,128}$/, 'has up to 128 letters, digits, dots, colons, hyphens and underscores');
const keys = z.array(key).min(1).max(MAX_BATCH);

const KINDS = ['record', 'records', 'deletions', 'hints', 'begin', 'end'] as const;

const shape = z.strictObject({
  record: record.optional(),
  records: z.union([z.array(record).min(1).max(MAX_BATCH), z.int().min(0)]).optional(),
  deletions: keys.optional(),
  hints: keys.optional(),
  begin: set.optional(),
  end: set.optional(),
  set: set.optional(),
});

/**
 * The body of a post to `/hooks/providers/NAME`, exactly one of:
 *
 * - `{ "record": {…} }` or `{ "records": [{…}, …] }`, with `set` for records of a complete set
 * - `{ "deletions": [key, …] }`
 * - `{ "hints": [key, …] }`
 * - `{ "begin": "SET" }` and `{ "end": "SET", "records": 1234 }`
 */
export const pushBody = shape.superRefine((body, context) => {
  const given = KINDS.filter((kind) => body[kind] !== undefined);
  const kind = given.find((name) => name === 'end') ?? given[0];
  const others = given.filter((name) => name !== kind && !(kind === 'end' && name === 'records'));
  const complain = (path: string, message: string): void =>
    context.addIssue({ code: 'custom', path: path === '' ? [] : [path], message });
  if (kind === undefined) complain('', `says nothing: give one of ${KINDS.join(', ')}`);
  for (const other of others) complain(other, `does not go together with ${kind ?? ''}`);
  if (kind === 'records' && typeof body.records === 'number') complain('records', 'has to be a list');
  if (kind === 'end' && typeof body.records !== 'number')
    complain('records', 'has to say how many different records the set has');
  if (body.set !== undefined && kind !== 'record' && kind !== 'records')
    complain('set', 'goes together with record and records only');
});

export type PushBody = z.infer<typeof pushBody>;

/** What is answered: 202 the first time, 200 for a repetition. */
export const pushAnswer = z.strictObject({
  accepted: z.int().min(0),
  problems: z.array(
    z.strictObject({ path: z.string(), code: z.string(), message: z.string(), remedy: z.string() }),
  ),
  runId: z.uuid().nullable(),
});
