import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { Problem } from '../../kernel/errors.ts';
import { caretUnder } from '../mapping/expression/caret.ts';
import type { Expression } from '../mapping/expression/compile.ts';
import { compiledOf } from '../mapping/expression/compiled-of.ts';
import type { ReadColumn } from '../mapping/expression/inspect.ts';
import { hashColumns, rulesOf } from './columns.ts';

/** Rules whose value is yes or no. */
const YES_OR_NO = new Set(['mapping.enabled', 'password.forceReset', 'password.preRegistration']);

/**
 * Everything that is wrong with the expressions of a definition, with a caret
 * under the character. Needs no connection; whether the columns exist is for
 * whoever has one.
 */
export function expressionProblems(definition: ProviderDefinition): Problem[] {
  const ofHashes = [definition.password?.column, ...hashColumns(definition)].filter(
    (name) => name !== undefined,
  );
  return rulesOf(definition).flatMap(([place, rule]) =>
    'expression' in rule ? ruleProblems(place, rule, ofHashes) : [],
  );
}

/** The same for one rule, of which nothing but its text has to be right. */
export function ruleProblems(
  place: string,
  rule: { readonly expression: string },
  ofHashes: readonly string[],
): Problem[] {
  const path = `${place}.expression`;
  const text = rule.expression;
  const compiled = compiledOf(rule);
  const hashes = compiled.columns
    .filter(({ name }) => ofHashes.includes(name))
    .map((column) => passwordMapped(path, text, column));
  if (compiled.ok) return [...hashes, ...typeProblems(path, compiled.expression)];
  const faults = compiled.faults.map(({ code, message, remedy, at }) => ({
    path,
    code,
    message: shown(message, text, at),
    remedy,
  }));
  return [...hashes, ...faults];
}

function passwordMapped(path: string, text: string, { start }: ReadColumn): Problem {
  return {
    path,
    code: 'PASSWORD_COLUMN_MAPPED',
    message: shown('reads a column of password hashes', text, start),
    remedy: 'Hashes never become fields of a profile: read another column.',
  };
}

const MAKE_TEXT = 'Put string(…) around it, or compare it.';

function typeProblems(path: string, { type, text }: Expression): Problem[] {
  const flag = YES_OR_NO.has(path.replace(/\.expression$/, ''));
  if (type === 'string' || (flag && type === 'bool')) return [];
  const wanted = flag ? 'true or false' : 'a text';
  const message = shown(`makes ${NAMES[type] ?? `a ${type}`}, and has to make ${wanted}`, text, 0);
  return [{ path, code: 'EXPRESSION_INVALID', message, remedy: flag ? COMPARE : remedyFor(type) }];
}

const COMPARE = "Compare it with something, for example record.status == 'A'.";

function remedyFor(type: string): string {
  return type.startsWith('list') ? "Take one element with […], or join them: ….join(', ')." : MAKE_TEXT;
}

const NAMES: Readonly<Record<string, string>> = {
  bool: 'true or false',
  int: 'a whole number',
  double: 'a number',
};

/** What is wrong, and under it the line with a caret. */
export function shown(message: string, text: string, at: number): string {
  return `${message}:\n${caretUnder(text, at)}`;
}
