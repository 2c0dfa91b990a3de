import { z } from 'zod';
import type { SchemaProblem } from './problem.ts';

/** What asking a provider about passwords has to do with; whatever else is there is checked elsewhere. */
const looked = z.object({
  connector: z.unknown().optional(),
  source: z
    .object({ key: z.array(z.unknown()) })
    .optional()
    .catch(undefined),
  password: z
    .object({
      column: z.unknown().optional(),
      verify: z.object({ query: z.string() }).optional(),
      writeBack: z.object({ compare: z.unknown().optional() }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

/** A provider either shows its hashes or checks passwords itself, and its query asks about one record. */
export function verifyProblems(document: unknown): readonly SchemaProblem[] {
  const { data } = looked.safeParse(document);
  const query = data?.password?.verify?.query;
  if (data === undefined || query === undefined) return [];
  const path = 'password.verify';
  const problems: SchemaProblem[] = [];
  if (data.connector !== 'postgres')
    problems.push({
      path,
      code: 'VERIFY_NEEDS_POSTGRES',
      message: 'asks the provider about passwords, and this kind of provider cannot be asked',
      remedy: 'Use it with connector: postgres, or name the column of hashes in password.column.',
    });
  if (readsHashes(data.password))
    problems.push({
      path,
      code: 'VERIFY_OR_COLUMN',
      message: 'asks the provider about passwords, and password.column names their hashes',
      remedy:
        'Give one of password.verify and password.column; or name a column in password.writeBack.compare, so that hashes are written and not read.',
    });
  const keys = data.source?.key.length ?? 1;
  return [...problems, ...parameterProblems(query, keys + 1)];
}

function readsHashes(password: z.infer<typeof looked>['password']): boolean {
  return password?.column !== undefined && password.writeBack?.compare === undefined;
}

function parameterProblems(query: string, wanted: number): readonly SchemaProblem[] {
  const given = [...new Set([...query.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)))];
  if (given.length === wanted && given.every((number) => number >= 1 && number <= wanted)) return [];
  return [
    {
      path: 'password.verify.query',
      code: 'VERIFY_PARAMETERS',
      message: `has to use the parameters $1 to $${String(wanted)}, each of them`,
      remedy: `Write the columns of source.key as $1 and on, in their order, and the password as $${String(wanted)}.`,
    },
  ];
}
