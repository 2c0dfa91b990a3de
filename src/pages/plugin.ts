import type { FastifyPluginAsync } from 'fastify';
import type { AppContext } from '../app/context.ts';
import type { Appearance } from './appearance.ts';
import { accountPage } from './account-page.ts';
import { serveAssets } from './assets.ts';
import { changePage } from './change-page.ts';
import { createCookies } from './cookies.ts';
import type { Face } from './face.ts';
import { forgotPage } from './forgot-page.ts';
import { linkPages } from './link-pages.ts';
import { mailboxPages } from './mailbox-pages.ts';
import { refuseForeignForms } from './refuse-foreign-forms.ts';
import { prepareRendering } from './renderer.ts';
import { signInPage } from './sign-in-page.ts';

/** How an installation shapes the hosted pages. */
export interface PagesOptions {
  /** Templates in it take the place of built-in ones of the same name. */
  readonly templatesDirectory?: string | null;
  readonly look?: Appearance;
  /** Where captured mail lies; null when mail is really sent, and then there is no /mailbox. */
  readonly mailDirectory: string | null;
}

/** The hosted pages: sign in, change, set and forget a password; what the person's account holds; captured mail. */
export function pages(context: AppContext, options: PagesOptions): FastifyPluginAsync {
  return async (server) => {
    const { publicUrl, productName, passwordMinimum } = context.settings;
    const templatesDirectory = options.templatesDirectory ?? null;
    const { render, assets } = await prepareRendering({
      ...{ productName, passwordMinimum, templatesDirectory },
      look: options.look,
    });
    const face: Face = { context, render, cookies: createCookies(publicUrl) };

    // Forms come as browsers send them and in no other way.
    server.removeContentTypeParser(['application/json', 'text/plain']);
    server.addHook('onRequest', async (request, reply) => {
      reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
      const opaque = /^\/password\/(first|reset)(\/|$)/.test(request.routeOptions.url ?? '');
      refuseForeignForms(request, { publicUrl, opaque });
      await Promise.resolve();
    });

    serveAssets(server, assets);
    signInPage(server, face);
    accountPage(server, face);
    changePage(server, face);
    linkPages(server, face);
    forgotPage(server, face);
    if (options.mailDirectory !== null) mailboxPages(server, face, options.mailDirectory);
  };
}
