import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { commandReference } from '../../../src/cli/reference.ts';

it('docs/reference/cli.md is current (npm run docs:reference)', async () => {
  expect(await readFile('docs/reference/cli.md', 'utf8')).toBe(commandReference());
});

it('names every command and every option', () => {
  const reference = commandReference();
  for (const { words, options = [] } of COMMANDS) {
    expect(reference).toContain(`### \`${words}\``);
    for (const { flags } of options) expect(reference).toContain(`- \`${flags}\`: `);
  }
});
