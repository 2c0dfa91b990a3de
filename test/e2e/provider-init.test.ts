import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { TEMPLATES } from '../../connectors/templates/index.ts';
import { CommandLine } from '../support/command-line.ts';
import { PEOPLE, people } from '../support/context.ts';
import { runInProcess } from '../support/in-process.ts';
import { createSqliteFile, type SqliteFile } from '../support/sqlite-file.ts';
import { DOWN, Terminal } from '../support/terminal.ts';

const HASH = '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';
let line: CommandLine;
let file: SqliteFile;

beforeAll(async () => {
  file = await createSqliteFile(`CREATE TABLE staff (login TEXT, mail TEXT, born TEXT);
    INSERT INTO staff VALUES ('ada', 'Ada@Example.org', '1815'), ('bob', NULL, '1900');
    CREATE TABLE auth_user (id INTEGER PRIMARY KEY, password TEXT, is_superuser BOOL, username TEXT UNIQUE, first_name TEXT,
      last_name TEXT, email TEXT, is_staff BOOL, is_active BOOL, date_joined TEXT);
    INSERT INTO auth_user VALUES (1, '${HASH}', 0, 'eve', 'Eve', '', 'eve@example.org', 0, 1, '2026-01-01')`);
  line = await CommandLine.open(`${PEOPLE} ${people(12)} UPDATE people SET pw_hash = '${HASH}';
    CREATE TABLE orders (id int PRIMARY KEY, article text)`);
}, 60_000);
afterAll(async () => {
  await line[Symbol.asyncDispose]();
  await file[Symbol.asyncDispose]();
});

function open(...args: readonly string[]): Terminal {
  const command = [process.execPath, path.resolve('bin/tributary'), 'provider', 'init', ...args];
  const env = { ...line.env, TRIBUTARY_SQLITE_FOLDERS: file.folder };
  return Terminal.open(command.map((word) => `'${word}'`).join(' '), env);
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
  expect(await runInProcess(env, ['provider', 'test', '-f', file])).toMatchObject({ code: 0 });
  expect(await line.rowsIn('providers')).toBe(0);
}, 120_000);

it('takes a query, again when it does not run, and what it answers is proposed for', async () => {
  const file = path.join(line.folder, 'joined.yaml');
  await using terminal = open('--out', file);
  await terminal.answer('Whose people are they?');
  await terminal.answer('Which kind of database?');
  await terminal.answer('What is this provider to be called?', 'joined');
  await sayWhere(terminal, line.source.password);
  await terminal.answer('Where are the people?', DOWN);
  await terminal.answer('The query, on one line', 'SELECT nothing FROM people');
  await terminal.until('"nothing" does not exist');
  await terminal.answer('The query, on one line', 'SELECT id AS staff_no, login, mail FROM people');
  await terminal.answer('What is taken over?');
  await terminal.answer('How do people who are new here sign in');
  await terminal.until('user1');
  await terminal.answer('Write the file?');
  expect(await terminal.exitCode()).toBe(0);
  expect(parse(await readFile(file, 'utf8'))).toMatchObject({
    source: { query: 'SELECT id AS staff_no, login, mail FROM people', key: ['staff_no'] },
    mapping: { username: 'login', email: { column: 'mail' } },
  });
  const env = { ...line.env, JOINED_PASSWORD: line.source.password };
  const { stdout } = await line.runIn(env, ['provider', 'discover', '-f', file]);
  expect(stdout).toContain('source.query (key staff_no, a guess)');
  expect(stdout).toContain('! nothing declares a key of a query');
}, 120_000);

it('writes nothing when it is left, or when there is nobody to ask', async () => {
  await using terminal = open('--out', path.join(line.folder, 'left.yaml'));
  await terminal.until('Whose people are they?');
  terminal.type('\u0003');
  expect(await terminal.exitCode()).toBe(2);
  expect(terminal.shown).toContain('(NOT_CONFIRMED)');
  await expect(readFile(path.join(line.folder, 'left.yaml'))).rejects.toThrow('ENOENT');
  expect(await runInProcess(line.env, ['provider', 'init'])).toMatchObject({ code: 2 });
}, 60_000);

/** How far down a list of choices something stands. */
function down(to: number): string {
  return DOWN.repeat(to);
}

async function read(name: string): Promise<unknown> {
  return parse(await readFile(path.join(line.folder, name), 'utf8'));
}

it('asks no more of a system that pushes than what it is called', async () => {
  await using terminal = open('--out', path.join(line.folder, 'inbox.yaml'));
  await terminal.answer('Whose people are they?');
  await terminal.answer('Which kind of database?', down(3));
  await terminal.answer('What is this provider to be called?', 'Inbox');
  await terminal.until('Lower-case letters');
  terminal.type(`${'\u007F'.repeat(5)}inbox\r`);
  expect(await terminal.exitCode()).toBe(0);
  expect(terminal.shown).toContain('tributary provider key inbox');
  expect(terminal.shown).not.toContain('--dry-run');
  expect(await read('inbox.yaml')).toEqual({
    name: 'inbox',
    connector: 'push',
    source: { key: ['id'] },
    changes: { mode: 'push' },
    mapping: { username: 'login', email: 'mail' },
  });
  for (const then of [
    ['apply', '-f', path.join(line.folder, 'inbox.yaml')],
    ['key', 'inbox'],
  ])
    expect(await runInProcess(line.env, ['provider', ...then])).toMatchObject({ code: 0 });
}, 60_000);

it('looks into a SQLite file, and asks what nothing there tells', async () => {
  await using terminal = open('--out', path.join(line.folder, 'staff.yaml'));
  await terminal.answer('Whose people are they?');
  await terminal.answer('Which kind of database?', down(2));
  await terminal.answer('What is this provider to be called?', 'staff');
  await terminal.answer('Path of the file', '/etc/people.db');
  await terminal.until('TRIBUTARY_SQLITE_FOLDERS');
  await terminal.answer('How shall we go on?');
  await terminal.answer('Path of the file', file.path);
  await terminal.until('Where are the people?');
  await terminal.until('staff');
  terminal.type(`${down(1)}\r`);
  await terminal.answer('What is taken over?');
  await terminal.answer('Which columns tell the records apart?', ' ');
  await terminal.answer('How do people who are new here sign in', down(2));
  await terminal.until('ada@example.org');
  await terminal.answer('Write the file?');
  expect(await terminal.exitCode()).toBe(0);
  expect(terminal.shown).not.toContain('read -rs');
  expect(await read('staff.yaml')).toMatchObject({
    connection: { file: file.path },
    source: { table: 'staff', key: ['login'] },
    password: { onboarding: 'pre-registration' },
  });
}, 60_000);

it('leaves to a template what it says, and to somebody else what cannot be looked at', async () => {
  const django = 1 + TEMPLATES.findIndex(({ name }) => name === 'django');
  await using terminal = open('--out', path.join(line.folder, 'shop.yaml'));
  await terminal.answer('Whose people are they?', down(django));
  await terminal.answer('Which kind of database?', down(1));
  await terminal.answer('What is this provider to be called?', 'shop');
  await terminal.answer('Path of the file', file.path);
  await terminal.until('Found in auth_user');
  await terminal.until('eve@example.org');
  await terminal.answer('Write the file?');
  expect(await terminal.exitCode()).toBe(0);
  expect(await read('shop.yaml')).toEqual({
    name: 'shop',
    connector: 'sqlite',
    template: 'django',
    connection: { file: file.path },
    source: { table: 'auth_user' },
    changes: { full: '0 3 * * *' },
  });

  await using later = open('--out', path.join(line.folder, 'later.yaml'));
  await later.answer('Whose people are they?');
  await later.answer('Which kind of database?');
  await later.answer('What is this provider to be called?', 'later');
  await later.answer('Host', 'db.example.com');
  await later.until('Port');
  later.type(`${'\u007F'.repeat(4)}99999\r`);
  await later.answer('Database', 'hr');
  await later.answer('User that Tributary logs in as', 'tributary');
  await later.answer('Password (for looking around now)');
  await later.answer('Encryption');
  await later.until('connection.port');
  await later.answer('How shall we go on?', down(1));
  expect(await later.exitCode()).toBe(0);
  expect(await read('later.yaml')).toMatchObject({
    connection: { port: 99999, password: '${LATER_PASSWORD}' },
  });
}, 60_000);
