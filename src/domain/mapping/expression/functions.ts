import type { Environment } from '@marcbachmann/cel-js';
import { RE2JS } from 're2js';
import { readBoolean } from '../read-boolean.ts';
import { isSet } from '../transforms/choice.ts';
import { readDate } from '../transforms/date.ts';
import type { Step } from '../transforms/step.ts';
import { removePrefix, removeSuffix, replace, TEXT_STEPS } from '../transforms/text.ts';

/** What went wrong inside a function of ours, told by code; never with a value. */
export class FunctionFault extends Error {
  override readonly name = 'FunctionFault';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** What a step of a mapping makes of a text; nothing is the empty text here. */
function apply(step: Step, text: string): string {
  const stepped = step(text);
  if ('fault' in stepped) throw new FunctionFault(stepped.fault.code, stepped.fault.message);
  return stepped.value ?? '';
}

const patterns = new Map<string, RE2JS>();
/** Patterns are written in definitions, never read from records: there are as many as somebody wrote. */
const MOST_PATTERNS = 1000;

/** @throws when the text is no RE2 pattern. */
export function patternOf(text: string): RE2JS {
  const known = patterns.get(text);
  if (known !== undefined) return known;
  const pattern = RE2JS.compile(text);
  if (patterns.size >= MOST_PATTERNS) patterns.clear();
  patterns.set(text, pattern);
  return pattern;
}

/** Methods of texts that have the name and the meaning of a transform. */
const METHODS: Readonly<Record<string, Step>> = {
  collapse: TEXT_STEPS.collapse,
  lower: TEXT_STEPS.lower,
  upper: TEXT_STEPS.upper,
  title: TEXT_STEPS.title,
  normalize: TEXT_STEPS.normalize,
  removeDiacritics: TEXT_STEPS.removeDiacritics,
};

const holds = (text: string): boolean => apply(isSet, text) === 'true';

/** Most texts `coalesce` chooses among. */
const MOST_CHOICES = 6;

/** Adds to the language what mappings need. */
export function addFunctions(environment: Environment): Environment {
  for (const [name, step] of Object.entries(METHODS))
    environment.registerFunction(`string.${name}(): string`, (text: string) => apply(step, text));
  for (let choices = 2; choices <= MOST_CHOICES; choices += 1)
    environment.registerFunction(
      `coalesce(${Array(choices).fill('string').join(', ')}): string`,
      (...texts: string[]) => texts.find(holds) ?? '',
    );
  return environment
    .registerFunction('string.replace(string, string): string', (text: string, from: string, to: string) =>
      from === '' ? text : apply(replace({ from, to }), text),
    )
    .registerFunction('string.removePrefix(string): string', (text: string, prefix: string) =>
      apply(removePrefix(prefix), text),
    )
    .registerFunction('string.removeSuffix(string): string', (text: string, suffix: string) =>
      apply(removeSuffix(suffix), text),
    )
    .registerFunction('string.matchesRE2(string): bool', (text: string, pattern: string) =>
      patternOf(pattern).matcher(text).find(),
    )
    .registerFunction('isSet(string): bool', holds)
    .registerFunction('isEmpty(string): bool', (text: string) => !holds(text))
    .registerFunction('date(string): string', (text: string) => apply(readDate(null), text))
    .registerFunction('yes(string): bool', readYes);
}

function readYes(text: string): boolean {
  const read = readBoolean(text);
  if (read === null) throw new FunctionFault('BOOLEAN_UNCLEAR', 'asks yes() of what is neither yes nor no');
  return read;
}

/** Everything that may be called, besides operators: what is not named here is refused. */
export const FUNCTIONS: ReadonlySet<string> = new Set([
  ...['string', 'int', 'double', 'bool', 'size'],
  ...['coalesce', 'isSet', 'isEmpty', 'date', 'yes'],
]);

export const METHOD_NAMES: ReadonlySet<string> = new Set([
  ...Object.keys(METHODS),
  ...['replace', 'removePrefix', 'removeSuffix', 'matchesRE2'],
  ...['trim', 'lowerAscii', 'upperAscii', 'startsWith', 'endsWith', 'contains', 'indexOf', 'lastIndexOf'],
  ...['substring', 'size', 'split', 'join'],
  ...['exists', 'exists_one', 'all', 'filter', 'map'],
]);

/** Methods that go over a list, with a variable for each of its elements. */
export const LOOPS: ReadonlySet<string> = new Set(['exists', 'exists_one', 'all', 'filter', 'map']);
