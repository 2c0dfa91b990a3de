import { readFile } from 'node:fs/promises';
import { LANGUAGES, type Language } from './language.ts';

/** Texts by key, in one language. A name in braces is filled in: `{provider}`. */
export type Catalogue = Readonly<Record<string, string>>;
export type Catalogues = Readonly<Record<Language, Catalogue>>;

const FOLDER = new URL('./locales/', import.meta.url);

export async function loadCatalogues(): Promise<Catalogues> {
  const loaded = await Promise.all(LANGUAGES.map(async (language) => [language, await load(language)]));
  return Object.fromEntries(loaded) as Catalogues;
}

async function load(language: Language): Promise<Catalogue> {
  return JSON.parse(await readFile(new URL(`${language}.json`, FOLDER), 'utf8')) as Catalogue;
}

/** @throws Error for a key that is not in the catalogue: a text that is missing is a bug, not a blank. */
export function translate(
  catalogue: Catalogue,
  key: string,
  values: Readonly<Record<string, unknown>>,
): string {
  const text = Object.hasOwn(catalogue, key) ? catalogue[key] : undefined;
  if (text === undefined) throw new Error(`no text ${key}`);
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}
