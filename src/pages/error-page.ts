import type { AppContext } from '../app/context.ts';
import type { Appearance } from './appearance.ts';
import { chooseLanguage } from './language.ts';
import { prepareRendering } from './renderer.ts';

interface ErrorPageAbout {
  readonly status: number;
  readonly requestId: string;
  readonly acceptLanguage: string | undefined;
}

/** Statuses that have a text of their own. */
const KNOWN = new Set([403, 404, 413, 503]);

/** Makes the page for what cannot be answered: it says what a person can do, and the request's number for support. */
export async function errorPage(
  context: Pick<AppContext, 'settings'>,
  options: { readonly templatesDirectory?: string | null; readonly look?: Appearance },
): Promise<(about: ErrorPageAbout) => Promise<string>> {
  const { render } = await prepareRendering({
    productName: context.settings.productName,
    templatesDirectory: options.templatesDirectory ?? null,
    look: options.look,
  });
  return async ({ status, requestId, acceptLanguage }) => {
    const text = KNOWN.has(status) ? String(status) : status >= 500 ? '500' : '400';
    const language = chooseLanguage(acceptLanguage);
    return await render({ template: 'error', language, data: { text, requestId, faults: [] } });
  };
}
