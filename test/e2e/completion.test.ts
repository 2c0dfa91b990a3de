import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandLine } from '../support/command-line.ts';

let line: CommandLine;
let folder: string;
const scripts = new Map<string, string>();
const COMMAND = path.resolve('bin/tributary');

beforeAll(async () => {
  line = await CommandLine.open();
  folder = mkdtempSync(path.join(tmpdir(), 'tributary-completion-'));
  for (const shell of ['bash', 'zsh', 'fish']) {
    const file = path.join(folder, `tributary.${shell}`);
    writeFileSync(file, (await line.run('completion', shell)).stdout);
    scripts.set(shell, file);
  }
  const definition = await line.write(
    'acme.yaml',
    `name: acme-hr
connector: postgres
connection: { host: 127.0.0.1, port: 1, database: hr, user: t, tls: disable }
source: { table: people, key: [id] }
mapping: { username: login }
`,
  );
  expect((await line.run('provider', 'apply', '-f', definition)).code).toBe(0);
}, 60_000);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await line[Symbol.asyncDispose]();
});

/** What each shell offers for the words so far, the last of which is not finished. */
const SHELLS: Readonly<Record<string, (words: readonly string[]) => readonly [string, readonly string[]]>> = {
  bash: (words) => [
    'bash',
    [
      '--norc',
      '-c',
      `source "${scripts.get('bash') ?? ''}"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _tributary; printf '%s\\n' "\${COMPREPLY[@]}"`,
      'bash',
      ...words,
    ],
  ],
  // Without an editor nothing but the function itself can be called: what it adds is printed instead.
  zsh: (words) => [
    'zsh',
    [
      '-f',
      '-c',
      `compdef() { :; }; compadd() { shift; print -l -- $@; }; _files() { print -l -- \${words[CURRENT]}*; }
       _describe() { local name=$2 each; for each in "\${(@P)name}"; do print -r -- "\${each%%:*}"; done; }
       source "${scripts.get('zsh') ?? ''}"; words=("$@"); CURRENT=$#; _tributary`,
      'zsh',
      ...words,
    ],
  ],
  fish: (words) => [
    'fish',
    ['--no-config', '-c', `source "${scripts.get('fish') ?? ''}"; complete -C "${words.join(' ')}"`],
  ],
};

function offered(shell: string, words: readonly string[]): string[] {
  const [program, args] = SHELLS[shell]?.(words) ?? ['', []];
  const env = { ...line.env, HOME: folder, PATH: `${path.dirname(COMMAND)}:${line.env['PATH'] ?? ''}` };
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', env });
  expect(stderr).toBe('');
  const all = stdout.split('\n').map((each) => each.split('\t')[0] ?? '');
  // zsh itself leaves out what does not begin as what was typed.
  return all.filter((each) => each !== '' && each.startsWith(words.at(-1) ?? ''));
}

function isThere(shell: string): boolean {
  return spawnSync(shell, ['-c', 'true']).error === undefined;
}

describe.each(['bash', 'zsh', 'fish'].filter(isThere))('%s completes', (shell) => {
  it('words, options and their values', () => {
    expect(offered(shell, ['tributary', 'pro'])).toEqual(expect.arrayContaining(['provider', 'profile']));
    expect(offered(shell, ['tributary', 'provider', 'ap'])).toEqual(['apply']);
    expect(offered(shell, ['tributary', 'provider', 'apply', '--p'])).toEqual(['--prune']);
    expect(offered(shell, ['tributary', 'sync', '--w'])).toEqual(['--wait']);
    expect(offered(shell, ['tributary', 'operator', 'create', 'grace', '--role', 's'])).toEqual(['support']);
    expect(offered(shell, ['tributary', 'provider', 'apply', '-f', `${folder}/tributary.b`])).toEqual([
      `${folder}/tributary.bash`,
    ]);
  });

  it('names of providers, asked of the installation', () => {
    expect(offered(shell, [COMMAND, 'provider', 'show', 'ac'])).toEqual(['acme-hr']);
  });
});

it('is for shells that there is a script for', async () => {
  expect((await line.run('completion', 'tcsh')).stderr).toContain('bash, zsh, fish');
  expect((await line.runIn({ PATH: line.env['PATH'] }, ['completion', 'providers'])).stdout).toBe('');
});
