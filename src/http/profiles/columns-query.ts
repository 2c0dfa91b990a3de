import { z } from 'zod';

const LONGEST = 8_000;
const chosen = z.record(z.string().max(200), z.string().max(1_000));

/** Which column of a file is taken for which field, as JSON in a query: `{"username":"Login"}`. */
export const columnsQuery = z
  .string()
  .max(LONGEST)
  .transform((text, context) => {
    try {
      return chosen.parse(JSON.parse(text));
    } catch {
      context.addIssue({ code: 'custom', message: 'is no JSON object of fields and columns' });
      return z.NEVER;
    }
  })
  .optional()
  .meta({
    description:
      'JSON: for each field the column it is taken from, `{"username":"Login"}`. Other columns are left out. Without it columns are named after fields.',
  });
