import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandLine } from '../support/command-line.ts';

let line: CommandLine;

beforeAll(async () => {
  line = await CommandLine.open();
});
afterAll(async () => {
  await line[Symbol.asyncDispose]();
});

describe('people without a provider', () => {
  it('are entered one by one, with a temporary password that no command line shows', async () => {
    const args = [
      'bin/tributary',
      'profile',
      'create',
      '--username',
      'ada',
      '--temporary-password',
      '--json',
    ];
    const child = spawn(process.execPath, args, { env: line.env, stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.end('let me in once\n');
    const [created] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    expect(JSON.parse(created)).toMatchObject({ emailRequested: false });
    expect(await line.json(0, 'profile', 'show', 'ada')).toMatchObject({ forceReset: true });
  });

  it('are imported from a file, or refused with line and column', async () => {
    const file = await line.write(
      'people.csv',
      '\uFEFFusername;email;preRegistration\nbob;bob@example.org;yes\neve;nobody;\n',
    );
    const refused = await line.run('profile', 'import', file);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('line 3, column email');
    expect(await line.json(1, 'profile', 'import', file, '--partial')).toMatchObject({
      created: 1,
      refused: 1,
      emails: 1,
    });
    expect((await line.run('profile', 'import', path.join(line.folder, 'none.csv'))).stderr).toContain(
      'does not exist',
    );
  });

  it('are changed, and sent another link', async () => {
    expect(await line.json(0, 'profile', 'set', 'bob', 'givenName=Bob', 'attributes.dept=R&D')).toMatchObject(
      {
        changes: { givenName: { to: 'Bob' }, 'attributes.dept': { to: 'R&D' } },
      },
    );
    expect(await line.jsonLines('email', 'list')).toMatchObject([{ username: 'bob', state: 'queued' }]);
    expect(await line.json(0, 'profile', 'resend', 'bob')).toMatchObject({ skipped: [{ reason: 'queued' }] });
    expect(await line.json(1, 'profile', 'resend', 'ada')).toMatchObject({
      skipped: [{ reason: 'not-pre-registered' }],
    });
    expect((await line.run('profile', 'resync', 'ada')).stderr).toContain('(PROFILE_WITHOUT_PROVIDER)');
  });
});

describe('the installation', () => {
  it('is looked over', async () => {
    const found = await line.json<{ name: string; state: string }[]>(0, 'doctor');
    expect(found.filter(({ state }) => state === 'fail')).toEqual([]);
    expect(await line.json(0, 'migrate')).toEqual({ applied: [] });
  });

  it('lists its settings without secrets', async () => {
    const { code, stdout } = await line.run('config');
    expect(code).toBe(0);
    expect(stdout).toContain('DATABASE_URL');
    expect(stdout).not.toContain(line.source.password);
  });
});
