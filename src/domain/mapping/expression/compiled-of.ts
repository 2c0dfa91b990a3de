import { compile, type Compiled } from './compile.ts';

/** A definition lives as long as a run: its expressions are compiled once, not once for each record. */
const known = new WeakMap<object, Compiled>();

export function compiledOf(rule: { readonly expression: string }): Compiled {
  const found = known.get(rule);
  if (found !== undefined) return found;
  const compiled = compile(rule.expression);
  known.set(rule, compiled);
  return compiled;
}
