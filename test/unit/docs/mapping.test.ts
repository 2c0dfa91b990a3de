import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { nearest } from '../../../config/nearest.ts';
import { METHOD_NAMES, FUNCTIONS } from '../../../src/domain/mapping/expression/functions.ts';
import { readRule } from '../../../src/domain/mapping/read-rule.ts';
import { expressionProblems } from '../../../src/domain/providers/expression-problems.ts';
import { rulesOf } from '../../../src/domain/providers/columns.ts';
import { parseProviderDefinition } from '../../../src/http/schemas/provider-definition.ts';
import { TRANSFORM_NAMES } from '../../../src/http/schemas/transform.ts';
import { aRecord } from '../../support/builders.ts';

const page = readFileSync('docs/guide/mapping.md', 'utf8');
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => block);

function definitionOf(block: string) {
  const mapping = { username: { value: 'x' }, ...(parse(block) as object) };
  const connection = { host: 'db.acme.example', database: 'hr', user: 'tributary' };
  const source = { table: 'people', key: ['id'] };
  const read = parseProviderDefinition(
    { name: 'acme-hr', connector: 'postgres', connection, source, mapping },
    nearest,
  );
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value.definition;
}

/** What the rules of a block make of a record, as the page writes it. */
function outcomes(block: string, record: string): string {
  const { attributes, ...fields } = parse(block) as Record<string, unknown>;
  const named = new Set([...Object.keys(fields), ...Object.keys(attributes ?? {})]);
  const given = Object.entries(parse(record) as Record<string, string | number | null>);
  const values = Object.fromEntries(
    given.map(([name, value]) => [name, value === null ? null : String(value)]),
  );
  return rulesOf(definitionOf(block))
    .filter(([path]) => named.has(path.split('.').at(-1) ?? ''))
    .map(([, rule]) => {
      const read = readRule(rule, aRecord('1', values));
      return 'fault' in read ? `fault ${read.fault.code}` : (read.value ?? 'nothing');
    })
    .join(' · ');
}

describe('docs/guide/mapping.md', () => {
  const examples = blocks.flatMap((block) =>
    [...block.matchAll(/^# (.*) → (.*)$/gm)].map(([, record = '', outcome = '']) => ({
      block,
      record,
      outcome,
    })),
  );

  it('has examples with outcomes in every block', () => {
    expect(examples.length).toBeGreaterThan(30);
    expect(blocks.filter((block) => !block.includes('→'))).toEqual([]);
  });

  it.each(examples)('$block $record → $outcome', ({ block, record, outcome }) => {
    expect(expressionProblems(definitionOf(block))).toEqual([]);
    expect(outcomes(block, record)).toBe(outcome);
  });

  it('names every transform, function and method', () => {
    const named = (name: string): boolean => new RegExp(`[\`{ ]${name}\\b`).test(page);
    const all = [...TRANSFORM_NAMES, ...FUNCTIONS, ...METHOD_NAMES];
    expect(all.filter((name) => !named(name))).toEqual([]);
  });

  it('shows a mistake as it is shown', () => {
    const [problem] = expressionProblems(definitionOf('displayName: { expression: record.name + 1 }'));
    expect(page).toContain(`${problem?.path}: ${problem?.message} ${problem?.remedy}`);
  });
});
