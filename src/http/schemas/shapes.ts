import { z } from 'zod';

/** A moment, as ISO 8601 text in answers. */
export const time = z.preprocess(
  (value) => (value instanceof Date ? value.toISOString() : value),
  z.iso.datetime({ offset: true }).meta({ description: 'ISO 8601, in UTC.' }),
) as unknown as z.ZodType<Date | string>;

/** A list that nobody changes. */
export function list<T extends z.ZodType>(item: T): z.ZodType<readonly z.output<T>[]> {
  return z.array(item);
}

/** RFC 9457, with a stable code, what to do, and every problem at once. */
export const problemSchema = z
  .object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int().min(400).max(599),
    code: z.string().meta({ description: 'Stable; see the list of codes.' }),
    detail: z.string(),
    remedy: z.string().meta({ description: 'What to do about it; empty when the detail says it.' }),
    problems: z.array(
      z.object({ path: z.string(), code: z.string(), message: z.string(), remedy: z.string() }),
    ),
    requestId: z.string().meta({ description: 'Name it when you ask for help: the log has it too.' }),
  })
  .meta({ id: 'Problem' });
