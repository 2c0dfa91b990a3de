import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { OPTIONS } from '../../../config/options.ts';
import { keysAt } from '../../../src/http/schemas/definition-parts.ts';

const RUNS = /bin\/tributary ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)?)/g;
const SETTINGS = /\bTRIBUTARY_[A-Z_]+\b/g;
const LINK = /\]\(([^)#\s]+)(?:#[^)]*)?\)/g;

describe('docs', () => {
  const pages = new Map<string, string>();

  beforeAll(async () => {
    const names = (await readdir('docs', { recursive: true })).filter((name) => name.endsWith('.md'));
    for (const name of [...names.map((each) => join('docs', each)), 'README.md'])
      pages.set(name, await readFile(name, 'utf8'));
  });

  function everywhere(form: RegExp): readonly (readonly [page: string, found: string])[] {
    return [...pages].flatMap(([page, text]) =>
      [...text.matchAll(form)].map(([whole, part]): readonly [string, string] => [page, part ?? whole]),
    );
  }

  it('links to pages that are there', () => {
    const links = everywhere(LINK).filter(([, target]) => !/^[a-z]+:/.test(target));
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter(([page, target]) => !existsSync(join(dirname(page), target)))).toEqual([]);
  });

  it('shows pictures that are there, and has none that nobody sees', async () => {
    const shown = everywhere(/(?:src|srcset)="([^"]+)"/g).map(([page, target]) =>
      join(dirname(page), target),
    );
    const there = (await readdir('docs/images')).map((name) => join('docs', 'images', name));
    expect([...new Set(shown)].toSorted()).toEqual(there.toSorted());
  });

  it('has pictures that are quick to fetch', async () => {
    const sizes = await Promise.all(
      (await readdir('docs/images')).map(async (name) => (await stat(join('docs/images', name))).size),
    );
    expect(Math.max(...sizes)).toBeLessThan(200_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(3_000_000);
  });

  it('leads to every page of the guide', async () => {
    const index = pages.get(join('docs', 'README.md')) ?? '';
    const guide = await readdir('docs/guide');
    expect(guide.filter((name) => !index.includes(`(guide/${name})`))).toEqual([]);
  });

  it('calls only commands that exist', () => {
    const known = COMMANDS.map(({ words }) => words);
    const called = everywhere(RUNS);
    expect(called.length).toBeGreaterThan(30);
    const unknown = called.filter(
      ([, words]) => !known.includes(words) && !known.includes(words.split(' ')[0] ?? ''),
    );
    expect(unknown).toEqual([]);
  });

  it('names only settings that exist', () => {
    const known = new Set<string>(Object.values(OPTIONS).map(({ variable }) => variable));
    known.add('TRIBUTARY_CONFIG_FILE');
    expect(
      everywhere(SETTINGS).filter(([, name]) => !known.has(name) && !/_$|^TRIBUTARY_PEPPER_/.test(name)),
    ).toEqual([]);
  });

  it('explains every key of a provider definition', () => {
    const page = pages.get(join('docs', 'guide', 'provider-definition.md')) ?? '';
    const groups = [
      'connection',
      'source',
      'changes',
      'mapping',
      'password',
      'password.writeBack',
      'safeguards',
    ];
    for (const group of groups)
      for (const key of keysAt(group)) expect(page).toMatch(new RegExp(`\\b${key}\\b`));
  });
});
