import type { ASTNode } from '@marcbachmann/cel-js';
import { patternOf, LOOPS } from './functions.ts';
import { childrenOf, columnOf } from './inspect.ts';

/** In characters: no value that an expression reads is longer. */
export const MOST_READ = 4000;

/**
 * What evaluating an expression may cost at most, in characters looked at: about
 * 50 ms on a machine of 2020. Worked out from the expression alone, so that what
 * is accepted is fast for every record.
 */
export const MOST_COST = 20_000_000;

/** The longest text or list on the way, in characters. */
const MOST_CHARACTERS = 1_000_000;

/** Matching RE2 looks at each character once for each instruction of the pattern, and more slowly. */
const PATTERN_WEIGHT = 20;
/** Calling anything costs as much as looking at so many characters. */
const CALL = 50;

/** The most that a part of an expression can amount to. */
interface Extent {
  /** Characters of the text, or of all elements of the list together. */
  readonly chars: number;
  /** Elements of the list; 1 for everything else. */
  readonly items: number;
}

/** What the variables of loops stand for. */
type Scope = ReadonlyMap<string, Extent>;

const SMALL: Extent = { chars: 20, items: 1 };

/** The most that evaluating can cost, in characters looked at; infinite where something would grow beyond bounds. */
export function costOf(ast: ASTNode): number {
  const estimate = new Estimate();
  estimate.of(ast, new Map());
  return estimate.cost;
}

class Estimate {
  cost = 0;

  of(node: ASTNode, scope: Scope): Extent {
    const extent = this.#extent(node, scope);
    this.cost += CALL;
    if (extent.chars > MOST_CHARACTERS) this.cost = Infinity;
    return extent;
  }

  #extent(node: ASTNode, scope: Scope): Extent {
    const leaf = leafExtent(node, scope);
    if (leaf !== null) return leaf;
    if (node.op === 'rcall') return this.#method(node.args, scope);
    const parts = (node.op === 'call' ? node.args[1] : childrenOf(node)).map((part) => this.of(part, scope));
    const all = add(parts);
    this.cost += all.chars;
    if (node.op === 'in') this.cost += (parts[0]?.chars ?? 0) * (parts[1]?.items ?? 1);
    if (node.op === '+') return all;
    if (node.op === 'list') return { chars: all.chars, items: parts.length };
    return RESULT_AS_LONG.has(node.op) ? widest(parts) : SMALL;
  }

  #method([name, receiver, given]: [string, ASTNode, ASTNode[]], scope: Scope): Extent {
    const on = this.of(receiver, scope);
    if (LOOPS.has(name)) return this.#loop(name, { on, given, scope });
    const parts = given.map((part) => this.of(part, scope));
    this.cost += on.chars + add(parts).chars;
    if (name === 'matchesRE2') this.cost += on.chars * PATTERN_WEIGHT * programSize(given[0]);
    return methodExtent(name, on, parts);
  }

  /**
   * Going over a list whose elements have `chars` characters together costs no
   * more than one element that has them all, and for the others what an empty
   * element costs: no part costs less than in proportion.
   */
  #loop(
    name: string,
    loop: { readonly on: Extent; readonly given: readonly ASTNode[]; readonly scope: Scope },
  ): Extent {
    const { on, given, scope } = loop;
    const [variable, ...steps] = given;
    const called = variable?.op === 'id' ? variable.args : '';
    const step = (chars: number): { extent: Extent; cost: number } => {
      const inner = new Estimate();
      const element = new Map([...scope, [called, { chars, items: 1 }]]);
      const extents = steps.map((each) => inner.of(each, element));
      return { extent: extents.at(-1) ?? SMALL, cost: inner.cost };
    };
    const [none, whole] = [step(0), step(on.chars)];
    this.cost += (none.cost + CALL) * on.items + whole.cost;
    if (name === 'filter') return on;
    if (name !== 'map') return SMALL;
    return { chars: none.extent.chars * on.items + whole.extent.chars, items: on.items };
  }
}

/** What has no parts; null for everything else. */
function leafExtent(node: ASTNode, scope: Scope): Extent | null {
  if (columnOf(node) !== null) return text(MOST_READ);
  if (node.op === 'value') return typeof node.args === 'string' ? text(node.args.length) : SMALL;
  return node.op === 'id' ? (scope.get(node.args) ?? SMALL) : null;
}

/** Upper case and taking letters apart make at most three of one. */
const GROWS = 3;
const RESULT_AS_LONG = new Set<string>(['?:', '[]', 'call']);
const SMALL_METHODS = new Set([
  'startsWith',
  'endsWith',
  'contains',
  'indexOf',
  'lastIndexOf',
  'size',
  'matchesRE2',
]);
const GROWING = new Set([
  'upper',
  'upperAscii',
  'lower',
  'lowerAscii',
  'title',
  'normalize',
  'removeDiacritics',
]);

function methodExtent(name: string, on: Extent, [first, second]: readonly Extent[]): Extent {
  if (SMALL_METHODS.has(name)) return SMALL;
  if (name === 'split') return { chars: on.chars, items: on.chars + 1 };
  if (name === 'join') return text(on.chars + on.items * (first?.chars ?? 0));
  if (name === 'replace') return text((on.chars + 1) * ((second?.chars ?? 0) + 1));
  return text(GROWING.has(name) ? on.chars * GROWS : on.chars);
}

function programSize(pattern: ASTNode | undefined): number {
  return pattern?.op === 'value' && typeof pattern.args === 'string'
    ? patternOf(pattern.args).programSize()
    : Infinity;
}

function text(chars: number): Extent {
  return { chars, items: 1 };
}

function add(parts: readonly Extent[]): Extent {
  return parts.reduce((sum, { chars, items }) => ({ chars: sum.chars + chars, items: sum.items + items }), {
    chars: 0,
    items: 0,
  });
}

function widest(parts: readonly Extent[]): Extent {
  return parts.reduce(
    (most, { chars, items }) => ({
      chars: Math.max(most.chars, chars),
      items: Math.max(most.items, items),
    }),
    SMALL,
  );
}
