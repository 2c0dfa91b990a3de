import { fileURLToPath } from 'node:url';
import { Liquid } from 'liquidjs';
import { BUILT_IN_LOOK, type Appearance } from './appearance.ts';
import { loadAssets } from './assets.ts';
import { loadCatalogues, translate, type Catalogue } from './catalogue.ts';
import { DEFAULT_MINIMUM } from '../domain/passwords/policy.ts';
import type { Language } from './language.ts';

const BUILT_IN = fileURLToPath(new URL('./templates/', import.meta.url));

/**
 * A render that takes longer is a template that loops: 5 s by the clock, 10 M objects, 1 MB of template.
 * A render takes about a millisecond; on a machine with nothing to spare it may stand still for half a second.
 */
const LIMITS = { renderLimit: 5_000, memoryLimit: 10_000_000, parseLimit: 1_000_000 };

export interface Page {
  /** Of the template, without its ending. */
  readonly template: string;
  readonly language: Language;
  /** Shown escaped, whatever it holds. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** @returns a whole HTML document. */
export type Renderer = (page: Page) => Promise<string>;

export interface Rendering {
  readonly render: Renderer;
  readonly assets: Awaited<ReturnType<typeof loadAssets>>;
}

/**
 * Prepares templates, texts and assets. Everything that a template prints is
 * escaped, also in a template of the installation's own.
 *
 * @param templatesDirectory searched before the built-in templates.
 */
export async function prepareRendering(about: {
  readonly productName: string;
  /** How many characters the hint beside a new password asks for. */
  readonly passwordMinimum?: number | undefined;
  readonly templatesDirectory: string | null;
  readonly look?: Appearance | undefined;
}): Promise<Rendering> {
  const look = about.look ?? BUILT_IN_LOOK;
  const [catalogues, assets] = await Promise.all([loadCatalogues(), loadAssets(look)]);
  const engine = createEngine(about.templatesDirectory);
  const paths = Object.fromEntries(
    assets.map(({ name, path }) => [
      name.startsWith('logo') ? name.replace(/\..*/, '') : name.replace('.', '_'),
      path,
    ]),
  );
  const render: Renderer = async ({ template, language, data }) => {
    const globals = {
      language,
      messages: catalogues[language],
      productName: about.productName,
      passwordMinimum: about.passwordMinimum ?? DEFAULT_MINIMUM,
      assets: paths,
    };
    return (await engine.renderFile(template, data, { globals })) as string;
  };
  return { render, assets };
}

function createEngine(templatesDirectory: string | null): Liquid {
  const engine = new Liquid({
    root: templatesDirectory === null ? [BUILT_IN] : [templatesDirectory, BUILT_IN],
    extname: '.liquid',
    cache: true,
    outputEscape: 'escape',
    strictFilters: true,
    ownPropertyOnly: true,
    ...LIMITS,
  });
  // {{ 'writeBack.written' | t: provider: name }}
  engine.registerFilter('t', function (key: string, ...named: [string, unknown][]) {
    const messages = this.context.getSync(['messages']) as Catalogue;
    return translate(messages, key, Object.fromEntries(named));
  });
  return engine;
}
