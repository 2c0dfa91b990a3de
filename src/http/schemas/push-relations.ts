import { z } from 'zod';
import type { SchemaProblem } from './problem.ts';

/** The settings that make no sense where records are pushed; whatever else is there is checked elsewhere. */
const looked = z.object({
  source: z
    .object({ table: z.unknown().optional(), query: z.unknown().optional(), where: z.unknown().optional() })
    .optional()
    .catch(undefined),
  password: z
    .object({ writeBack: z.object({ enabled: z.unknown().optional() }) })
    .optional()
    .catch(undefined),
});

/** A provider that can only push has no table to name, and takes nothing back. */
export function pushProblems(document: unknown): readonly SchemaProblem[] {
  const { source, password } = looked.parse(document);
  const problems: SchemaProblem[] = [];
  for (const key of ['table', 'query', 'where'] as const)
    if (source?.[key] !== undefined)
      problems.push({
        path: `source.${key}`,
        code: 'SOURCE_IS_PUSHED',
        message: 'is of no use where records are pushed',
        remedy: 'Name the key columns in source.key and nothing else.',
      });
  if (password?.writeBack.enabled === true)
    problems.push({
      path: 'password.writeBack.enabled',
      code: 'WRITE_BACK_NEEDS_DATABASE',
      message: 'asks for passwords to be written back, and there is no database to write to',
      remedy: 'Turn write-back off.',
    });
  return problems;
}
