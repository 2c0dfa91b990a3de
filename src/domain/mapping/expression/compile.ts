import { Environment, EvaluationError, ParseError, TypeError, type ParseResult } from '@marcbachmann/cel-js';
import { costOf, MOST_COST } from './cost.ts';
import { faultAt, type ExpressionFault } from './fault.ts';
import { addFunctions } from './functions.ts';
import { inspect, RECORD, type ReadColumn } from './inspect.ts';

/** In characters. What is longer belongs into a view or query of the provider. */
export const MOST_EXPRESSION = 4096;

/** Parsed expressions have no more nodes and are not deeper; lists that are written out are not longer. */
const LIMITS = {
  maxAstNodes: 500,
  maxDepth: 32,
  maxListElements: 200,
  maxMapEntries: 1,
  maxCallArguments: 8,
};

/** An expression that is ready to be evaluated. */
export interface Expression {
  readonly text: string;
  readonly columns: readonly ReadColumn[];
  /** `string`, `bool`, `int`, …: what it makes. */
  readonly type: string;
  readonly run: ParseResult;
}

export type Compiled =
  | { readonly ok: true; readonly columns: readonly ReadColumn[]; readonly expression: Expression }
  /** Every reason at once, as far as they can be told apart. */
  | {
      readonly ok: false;
      readonly columns: readonly ReadColumn[];
      readonly faults: readonly [ExpressionFault, ...ExpressionFault[]];
    };

/** Building it takes milliseconds; nothing in it changes. */
const environment = addFunctions(
  new Environment({ limits: LIMITS }).registerVariable(RECORD, 'map<string, string>'),
);

/** Parses and type-checks an expression and works out that it is cheap. The same text gives the same answer. */
export function compile(text: string): Compiled {
  const nothing = { ok: false, columns: [] } as const;
  if (text.length > MOST_EXPRESSION)
    return { ...nothing, faults: [faultAt({ start: 0 }, `is longer than ${MOST_EXPRESSION} characters`)] };
  const run = parse(text);
  if (!('ast' in run)) return { ...nothing, faults: [run] };
  const { columns, faults } = inspect(run.ast);
  const [first, ...others] = faults;
  if (first !== undefined) return { ok: false, columns, faults: [first, ...others] };
  const checked = run.check();
  if (!checked.valid) return { ok: false, columns, faults: [typeFault(checked.error, text)] };
  if (costOf(run.ast) > MOST_COST) return { ok: false, columns, faults: [TOO_COSTLY] };
  return { ok: true, columns, expression: { text, columns, type: checked.type ?? 'dyn', run } };
}

const TOO_COSTLY: ExpressionFault = {
  code: 'EXPRESSION_TOO_COSTLY',
  message: 'could take too long for one record',
  remedy:
    'Avoid loops inside loops and long patterns, or compute the value in a view or query of the provider.',
  at: 0,
};

function parse(text: string): ParseResult | ExpressionFault {
  try {
    return environment.parse(text);
  } catch (error) {
    return typeFault(error, text);
  }
}

/** What the language says, in words that help. Its own message would repeat the expression. */
function typeFault(error: unknown, text: string): ExpressionFault {
  if (!isCelError(error)) throw error;
  const { code, summary, range, node } = error;
  const start = node?.op === undefined ? (range?.start ?? 0) : operatorStart(node, text);
  return faultAt({ start }, ownWords(code, summary), remedyFor(code, summary));
}

function isCelError(error: unknown): error is ParseError | TypeError | EvaluationError {
  return error instanceof ParseError || error instanceof TypeError || error instanceof EvaluationError;
}

const LIMIT_CODES = /limit|exceeded|max/i;

function ownWords(code: string, summary: string): string {
  if (LIMIT_CODES.test(code)) return 'is too large: at most 500 parts, 32 levels and lists of 200';
  if (summary === 'Unexpected token: EOF') return 'ends too early';
  return `${summary.charAt(0).toLowerCase()}${summary.slice(1)}`;
}

const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/\bnull\b/, "An empty column (NULL) is an empty text here: compare with '' or use isEmpty(record.…)."],
  [
    /string [-+*/%<>=!]+ (?:int|double)|(?:int|double) [-+*/%<>=!]+ string/,
    'Columns are texts: write int(record.…) or double(record.…), or compare with a text in quotes.',
  ],
  [
    /string == bool|bool == string|string [&|]|got 'string'|!string/,
    'Columns are texts: yes(record.…) makes true or false of one.',
  ],
  [/^Unknown variable/, 'Columns are read as record.name; texts stand in quotes.'],
  [/^Unexpected character: =/, 'Compare with ==.'],
  [
    /^Unexpected character/,
    "A column whose name has other characters than A-Z, a-z, 0-9 and _ is read as record['name'].",
  ],
  [/string \+ bool|bool \+ string/, 'string(…) makes a text of it.'],
];

function remedyFor(code: string, summary: string): string {
  if (LIMIT_CODES.test(code)) return 'Compute the value in a view or query of the provider.';
  return REMEDIES.find(([form]) => form.test(summary))?.[1] ?? '';
}

interface Located {
  readonly op?: string | undefined;
  readonly args?: unknown;
  readonly start: number;
}

/** The operator of an operation, rather than the beginning of what stands on its left. */
function operatorStart(node: Located, text: string): number {
  const left: unknown = Array.isArray(node.args) ? node.args[0] : undefined;
  if (node.op === undefined || !/^[-+*/%<>=!&|]/.test(node.op)) return node.start;
  if (typeof left !== 'object' || left === null || !('end' in left) || typeof left.end !== 'number')
    return node.start;
  const at = text.indexOf(node.op, left.end);
  return at < 0 ? node.start : at;
}
