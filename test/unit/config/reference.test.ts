import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { OPTIONS } from '../../../config/options.ts';
import { configReference } from '../../../config/reference.ts';

it('docs/reference/configuration.md is current (npm run docs:reference)', async () => {
  expect(await readFile('docs/reference/configuration.md', 'utf8')).toBe(configReference());
});

it('names every option once', () => {
  const variables = Object.values(OPTIONS).map((option) => option.variable);
  expect(new Set(variables).size).toBe(variables.length);
  for (const variable of variables) expect(configReference().split(`### \`${variable}\``)).toHaveLength(2);
});
