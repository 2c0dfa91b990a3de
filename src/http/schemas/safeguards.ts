import { z } from 'zod';

const count = z.int().min(0);
const percent = z.number().min(0).max(100);

/** Limits that hold a run: disables above 500 or 5 %, changes above 50 %, 1,000 registration e-mails. */
export const safeguardsSchema = z.strictObject({
  deletions: z
    .strictObject({ count: count.default(500), percent: percent.default(5), floor: count.default(20) })
    .prefault({}),
  changes: z.strictObject({ percent: percent.default(50), floor: count.default(100) }).prefault({}),
  emails: count.default(1000),
});
