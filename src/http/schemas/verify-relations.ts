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
  if (data.connector === 'push')
    problems.push({
      path,
      code: 'VERIFY_NEEDS_DATABASE',
      message: 'asks the provider about passwords, and one that pushes cannot be asked',
      remedy: 'Have it push the hashes, and name their column in password.column.',
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
  return [...problems, ...parameterProblems(query, { connector: data.connector, wanted: keys + 1 })];
}

function readsHashes(password: z.infer<typeof looked>['password']): boolean {
  return password?.column !== undefined && password.writeBack?.compare === undefined;
}

/** How the parameters of a statement are written: the database's own way, so that nobody has to parse SQL here. */
interface Parameters {
  readonly are: string;
  readonly given: (query: string, wanted: number) => boolean;
  readonly remedy: (wanted: number) => string;
}

function numbered(sign: string): Parameters {
  const found = new RegExp(`\\${sign}(\\d+)`, 'g');
  return {
    are: `${sign}1 and on`,
    given: (query, wanted) => {
      const numbers = [...new Set([...query.matchAll(found)].map(([, number]) => Number(number)))];
      return numbers.length === wanted && numbers.every((number) => number >= 1 && number <= wanted);
    },
    remedy: (wanted) =>
      `Write the columns of source.key as ${sign}1 and on, in their order, and the password as ${sign}${String(wanted)}.`,
  };
}

/** Those that stand in texts and comments are counted too: the server counts again when it is asked. */
const IN_ORDER: Parameters = {
  are: 'question marks',
  given: (query, wanted) => query.split('?').length > wanted,
  remedy: () =>
    'Write a question mark for each column of source.key, in their order, and one after them for the password.',
};

const PARAMETERS: Readonly<Record<string, Parameters>> = {
  postgres: numbered('$'),
  sqlite: numbered('?'),
  mysql: IN_ORDER,
};

function parameterProblems(
  query: string,
  { connector, wanted }: { readonly connector: unknown; readonly wanted: number },
): readonly SchemaProblem[] {
  const parameters = PARAMETERS[String(connector)];
  if (parameters === undefined || parameters.given(query, wanted)) return [];
  return [
    {
      path: 'password.verify.query',
      code: 'VERIFY_PARAMETERS',
      message: `has to use ${String(wanted)} parameters, each of them, which are ${parameters.are} here`,
      remedy: parameters.remedy(wanted),
    },
  ];
}
