import { z } from 'zod';
import type { SchemaProblem } from './problem.ts';

/** What comparing a column in the hash's place has to do with; whatever else is there is checked elsewhere. */
const looked = z.object({
  password: z.object({
    column: z.unknown().optional(),
    format: z.unknown().optional(),
    writeBack: z.object({
      format: z.unknown().optional(),
      compare: z.string(),
      set: z.record(z.string(), z.unknown()).optional().catch(undefined),
    }),
  }),
});

/** Where hashes are not read, nothing may need them, and the compared column is ours to move on. */
export function compareProblems(document: unknown): readonly SchemaProblem[] {
  const { data } = looked.safeParse(document);
  if (data === undefined) return [];
  const { column, format, writeBack } = data.password;
  const { compare, set } = writeBack;
  const problems: (SchemaProblem | false)[] = [
    column === compare && {
      path: 'password.writeBack.compare',
      code: 'COMPARE_IS_HASH',
      message: 'names the column of hashes, which is what it is to stand in for',
      remedy: 'Name a version or the time of the last change, or leave compare out.',
    },
    writeBack.format === undefined && {
      path: 'password.writeBack.format',
      code: 'COMPARE_NEEDS_FORMAT',
      message: 'is missing, and with compare no hash is read that could tell it',
      remedy: 'Name the format that the application reads.',
    },
    typeof format === 'object' && {
      path: 'password.format',
      code: 'COMPARE_READS_NO_HASH',
      message: 'says how hashes are read, and with compare none is',
      remedy: 'Leave password.format out, or password.writeBack.compare.',
    },
    set?.[compare] !== undefined &&
      set[compare] !== 'now' && {
        path: 'password.writeBack.set',
        code: 'COMPARE_SET',
        message: `writes one and the same value to ${compare}, which has to be another after each write`,
        remedy: `Take ${compare} out of set: Tributary moves it on.`,
      },
  ];
  return problems.filter((problem) => problem !== false);
}
