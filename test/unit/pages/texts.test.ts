import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { loadCatalogues, translate } from '../../../src/pages/catalogue.ts';
import { LANGUAGES } from '../../../src/pages/language.ts';

const PAGES = new URL('../../../src/pages/', import.meta.url);
const POLICY = new URL('../../../src/domain/passwords/policy.ts', import.meta.url);

/** Keys that are put together: `error.404.title`, and `problem.` with every code. */
const KEY = /'((?:[a-z]\w*)\.[A-Za-z_]\w*)'/g;

async function keysIn(folder: string, ending: string): Promise<string[]> {
  const names = await readdir(new URL(folder, PAGES));
  const texts = await Promise.all(
    names
      .filter((name) => name.endsWith(ending))
      .map(async (name) => await readFile(new URL(folder + name, PAGES), 'utf8')),
  );
  return texts.flatMap((text) => [...text.matchAll(KEY)].map(([, key]) => key!));
}

describe('the texts of the pages', () => {
  it('exist in every language, with the same names to fill in', async () => {
    const catalogues = await loadCatalogues();
    const shapes = LANGUAGES.map((language) =>
      Object.entries(catalogues[language]).map(([key, text]) => [
        key,
        [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted(),
      ]),
    );
    expect(shapes[1]).toEqual(shapes[0]);
  });

  it('are all used, and none is missing', async () => {
    const { en } = await loadCatalogues();
    const policy = await readFile(POLICY, 'utf8');
    const codes = [...policy.matchAll(/\| '(PASSWORD_\w+)'/g)].map(([, code]) => `problem.${code!}`);
    expect(codes.length).toBeGreaterThan(4);
    const errors = ['400', '403', '404', '413', '500', '503'].flatMap((status) => [
      `error.${status}.title`,
      `error.${status}.lead`,
    ]);
    const used = new Set([
      ...(await keysIn('templates/', '.liquid')),
      ...(await keysIn('./', '.ts')),
      ...codes,
      ...errors,
      'problem.PASSWORDS_DIFFER',
      'problem.SAME_AS_CURRENT',
    ]);
    const known = new Set(Object.keys(en));
    const isText = (key: string): boolean => known.has(key) || !/\.(ts|liquid|css|svg|js|json)$/.test(key);
    expect([...used].filter(isText).toSorted()).toEqual([...known].toSorted());
  });

  it('fill names in literally, and a key that is not there is an error', () => {
    expect(translate({ hello: 'Hello {name}, {name}' }, 'hello', { name: '{name} $& <b>' })).toBe(
      'Hello {name} $& <b>, {name} $& <b>',
    );
    expect(() => translate({}, 'toString', {})).toThrow('no text toString');
  });
});
