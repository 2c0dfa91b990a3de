import type { z } from 'zod';

/** One thing wrong with a document: where, what, and how to mend it. */
export interface SchemaProblem {
  /** As its author knows it: `mapping.email.transform[1]`; empty for the document as a whole. */
  readonly path: string;
  /** Stable, upper case. */
  readonly code: string;
  readonly message: string;
  /** Empty when the message says it already. */
  readonly remedy: string;
}

/** Names the candidate that a mistyped name most likely was meant to be; null when none is close. */
export type Suggest = (name: string, candidates: readonly string[]) => string | null;

/** What a check of ours says besides its message. */
export interface Advice {
  readonly code: string;
  readonly remedy: string;
}

type Issue = z.core.$ZodIssue;

/** `keysAt` tells which keys are known at a path, for telling what an unknown one was meant to be. */
export interface ProblemWording {
  readonly suggest: Suggest;
  readonly keysAt: (path: string) => readonly string[];
}

/** What the schema found, in words for people. Values are never repeated: they may be secrets. */
export function toProblems(issues: readonly Issue[], wording: ProblemWording): readonly SchemaProblem[] {
  return issues.flatMap((issue) => {
    const path = humanPath(issue.path);
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => unknownKey(join(path, key), { key, path }, wording));
    if (issue.code === 'invalid_key') return [{ path, ...describeKey(issue) }];
    return [{ path, ...describe(issue) }];
  });
}

/** `['mapping', 'email', 'transform', 1]` as `mapping.email.transform[1]`. */
export function humanPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${String(part)}]` : join(text, String(part))),
    '',
  );
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function unknownKey(
  path: string,
  at: { readonly key: string; readonly path: string },
  { suggest, keysAt }: ProblemWording,
): SchemaProblem {
  const known = keysAt(at.path);
  const meant = suggest(at.key, known);
  const remedy = meant === null ? `Known here: ${known.join(', ')}.` : `Did you mean ${meant}?`;
  return { path, code: 'UNKNOWN_KEY', message: `there is no setting ${at.key} here`, remedy };
}

type Words = Omit<SchemaProblem, 'path'>;

function describe(issue: Issue): Words {
  if (issue.code === 'custom') return describeOwn(issue);
  if (issue.code === 'invalid_type') return describeType(issue);
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String).join(', ');
    return {
      code: 'VALUE_NOT_ALLOWED',
      message: 'the value is not one of those allowed',
      remedy: `Use one of: ${allowed}.`,
    };
  }
  if (issue.code === 'too_small' || issue.code === 'too_big') return describeBound(issue);
  return { code: 'VALUE_INVALID', message: issue.message, remedy: '' };
}

function describeOwn(issue: z.core.$ZodIssueCustom): Words {
  const { code, remedy } = { code: 'VALUE_INVALID', remedy: '', ...issue.params };
  return { code, message: issue.message, remedy };
}

function describeType(issue: z.core.$ZodIssueInvalidType): Words {
  if (issue.input === undefined || issue.input === null)
    return { code: 'MISSING', message: 'is missing', remedy: `Give ${withArticle(issue.expected)}.` };
  const quotes = issue.expected === 'string' && typeof issue.input !== 'object';
  return {
    code: 'WRONG_TYPE',
    message: `has to be ${withArticle(issue.expected)}`,
    remedy: quotes ? 'Put the value in quotes.' : '',
  };
}

const NAMES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of settings',
  record: 'a group of settings',
};

function withArticle(expected: string): string {
  return NAMES[expected] ?? expected;
}

const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' };

function describeBound(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): Words {
  const [word, bound] = issue.code === 'too_small' ? ['at least', issue.minimum] : ['at most', issue.maximum];
  const unit = UNITS[issue.origin] ?? '';
  if (issue.code === 'too_small' && bound === 1 && unit !== '')
    return { code: 'EMPTY', message: 'is empty', remedy: '' };
  return {
    code: 'OUT_OF_BOUNDS',
    message: `has to be ${word} ${String(bound)}${unit}`,
    remedy: '',
  };
}

function describeKey(issue: z.core.$ZodIssueInvalidKey): Words {
  const [first] = issue.issues;
  return first === undefined ? { code: 'NAME_INVALID', message: issue.message, remedy: '' } : describe(first);
}
