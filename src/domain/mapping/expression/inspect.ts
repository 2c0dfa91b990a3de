import type { ASTNode } from '@marcbachmann/cel-js';
import { faultAt, type ExpressionFault } from './fault.ts';
import { FUNCTIONS, LOOPS, METHOD_NAMES, patternOf } from './functions.ts';

/** A column that an expression reads, and where it does. */
export interface ReadColumn {
  readonly name: string;
  readonly start: number;
}

export interface Inspection {
  readonly columns: readonly ReadColumn[];
  /** Everything that is refused, not only the first. */
  readonly faults: readonly ExpressionFault[];
}

/** The only variable there is. */
export const RECORD = 'record';

/** Finds the columns an expression reads, and refuses what the language has and a mapping must not do. */
export function inspect(ast: ASTNode): Inspection {
  const inspector = new Inspector();
  inspector.visit(ast);
  return inspector;
}

const REFUSED: Readonly<Record<string, string>> = {
  matches: "Use matchesRE2('…'): its time grows with the length of the text and no faster.",
  has: 'Use isSet(record.…): an empty column (NULL) and an empty text are the same here.',
  bind: 'Write the part out where it is needed.',
  timestamp: 'Use date(record.…), which makes texts that can be compared: 2026-03-01.',
};

class Inspector implements Inspection {
  readonly columns: ReadColumn[] = [];
  readonly faults: ExpressionFault[] = [];

  visit(node: ASTNode): void {
    const column = columnOf(node);
    if (column !== null) this.columns.push({ name: column, start: node.start });
    else if (node.op === 'id') this.#variable(node);
    else if (node.op === 'call') this.#call(node.args, node);
    else if (node.op === 'rcall') this.#method(node.args, node);
    else if (node.op === '[]' && isRecord(node.args[0]))
      this.#refuse(
        node,
        'the name of a column has to be written out',
        "Write record.name or record['name'].",
      );
    else if (node.op === 'map' || node.op === '.?' || node.op === '[?]')
      this.#refuse(node, 'maps and optional values are not part of mappings');
    else for (const child of childrenOf(node)) this.visit(child);
  }

  #variable(node: ASTNode): void {
    if (isRecord(node))
      this.#refuse(node, 'record is no value by itself', 'Name a column of it: record.name.');
  }

  #call([name, given]: [string, ASTNode[]], node: ASTNode): void {
    if (!FUNCTIONS.has(name)) this.#unknown(node, name, [...FUNCTIONS]);
    else for (const each of given) this.visit(each);
  }

  #method([name, receiver, given]: [string, ASTNode, ASTNode[]], node: ASTNode): void {
    if (!METHOD_NAMES.has(name)) {
      this.#unknown({ ...node, start: methodStart(node, receiver) }, name, [...METHOD_NAMES]);
      return;
    }
    this.visit(receiver);
    const [first] = given;
    if (name === 'matchesRE2') this.#pattern(first, node);
    const variable = LOOPS.has(name) && first?.op === 'id' ? first : null;
    if (variable !== null && isRecord(variable))
      this.#refuse(variable, 'record is taken', 'Choose another name for the elements of the list.');
    for (const each of given) if (each !== variable) this.visit(each);
  }

  #pattern(pattern: ASTNode | undefined, node: ASTNode): void {
    if (pattern?.op !== 'value' || typeof pattern.args !== 'string') {
      this.#refuse(pattern ?? node, 'a pattern has to be written out as a text');
      return;
    }
    try {
      patternOf(pattern.args);
    } catch {
      this.#refuse(
        pattern,
        'is no pattern of RE2',
        'RE2 has no look-around and no back references, and repeats at most 1000 times.',
      );
    }
  }

  #unknown(node: Pick<ASTNode, 'start'>, name: string, known: readonly string[]): void {
    const usual = `Available here: ${known.toSorted().join(', ')}.`;
    const remedy = Object.hasOwn(REFUSED, name) ? REFUSED[name] : usual;
    this.#refuse(node, `${name}() is not part of mappings`, remedy);
  }

  #refuse(node: Pick<ASTNode, 'start'>, message: string, remedy?: string): void {
    this.faults.push(faultAt(node, message, remedy));
  }
}

function isRecord(node: ASTNode): boolean {
  return node.op === 'id' && node.args === RECORD;
}

/** The column that `record.name` or `record['name']` reads; null for everything else. */
export function columnOf(node: ASTNode): string | null {
  if (node.op === '.' && isRecord(node.args[0])) return node.args[1];
  if (node.op !== '[]' || !isRecord(node.args[0])) return null;
  const [, index] = node.args;
  return index.op === 'value' && typeof index.args === 'string' ? index.args : null;
}

/** Where the name of a method begins: after what it is called on and the dot. */
function methodStart(node: ASTNode, receiver: ASTNode): number {
  const dot = node.input.indexOf('.', receiver.end);
  return dot < 0 ? node.start : dot + 1;
}

/** The parts of a node that are nodes, for those that neither call nor name anything. */
export function childrenOf(node: ASTNode): readonly ASTNode[] {
  const { args } = node;
  const parts: readonly unknown[] = Array.isArray(args) ? args : [args];
  return parts.filter((part): part is ASTNode => typeof part === 'object' && part !== null && 'op' in part);
}
