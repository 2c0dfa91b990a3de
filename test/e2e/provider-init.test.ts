import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { CommandLine } from '../support/command-line.ts';
import { PEOPLE, people } from '../support/context.ts';
import { DOWN, Terminal } from '../support/terminal.ts';

const HASH = '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';
let line: CommandLine;

beforeAll(async () => {
  line = await CommandLine.open(`${PEOPLE} ${people(12)} UPDATE people SET pw_hash = '${HASH}';
    CREATE TABLE orders (id int PRIMARY KEY, article text)`);
}, 60_000);
afterAll(async () => {
  await line[Symbol.asyncDispose]();
});

function open(...args: readonly string[]): Terminal {
  const command = [process.execPath, path.resolve('bin/tributary'), 'provider', 'init', ...args];
  return Terminal.open(command.map((word) => `'${word}'`).join(' '), line.env);
}

async function sayWhere(terminal: Terminal, password: string): Promise<void> {
  await terminal.answer('Host', '127.0.0.1');
  await terminal.until('Port');
  terminal.type(`${'\u007F'.repeat(5)}${String(line.source.port)}\r`);
  await terminal.answer('Database', line.source.database);
  await terminal.answer('User that Tributary logs in as', line.source.user);
  await terminal.answer('Password (for looking around now)', password);
  await terminal.answer('Encryption', DOWN.repeat(3));
}

it('asks, looks around, and writes a definition that works', async () => {
  const file = path.join(line.folder, 'acme-hr.yaml');
  await using terminal = open('--out', file);
  await terminal.answer('Whose people are they?');
  await terminal.answer('Which kind of database?');
  await terminal.answer('What is this provider to be called?', 'acme-hr');
  await sayWhere(terminal, 'wrong');
  await terminal.until('password authentication failed');
  await terminal.answer('How shall we go on?');
  await sayWhere(terminal, line.source.password);
  await terminal.until('Connecting and looking around');
  await terminal.answer('Where are the people?');
  await terminal.answer('What is taken over?');
  await terminal.answer('How do people who are new here sign in', DOWN);
  await terminal.until('Mapping the first people');
  await terminal.until('user1');
  await terminal.answer('Write the file?');
  expect(await terminal.exitCode()).toBe(0);
  expect(terminal.shown).toContain('Next:');
  expect(terminal.shown).not.toContain(line.source.password);
  const written = await readFile(file, 'utf8');
  expect(written).not.toContain(line.source.password);
  expect(parse(written)).toMatchObject({
    name: 'acme-hr',
    connector: 'postgres',
    connection: { password: '${ACME_HR_PASSWORD}', tls: 'disable' },
    source: { table: 'public.people', key: ['id'] },
    mapping: { username: 'login' },
    password: { column: 'pw_hash', onboarding: 'force-reset' },
  });
  const env = { ...line.env, ACME_HR_PASSWORD: line.source.password };
  expect(await line.runIn(env, ['provider', 'test', '-f', file])).toMatchObject({ code: 0 });
  expect(await line.rowsIn('providers')).toBe(0);
}, 120_000);

it('writes nothing when it is left, or when there is nobody to ask', async () => {
  await using terminal = open('--out', path.join(line.folder, 'left.yaml'));
  await terminal.until('Whose people are they?');
  terminal.type('\u0003');
  expect(await terminal.exitCode()).toBe(2);
  expect(terminal.shown).toContain('(NOT_CONFIRMED)');
  await expect(readFile(path.join(line.folder, 'left.yaml'))).rejects.toThrow('ENOENT');
  expect(await line.run('provider', 'init')).toMatchObject({ code: 2 });
}, 60_000);
