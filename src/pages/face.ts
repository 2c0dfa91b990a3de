import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppContext } from '../app/context.ts';
import type { Visitor } from '../app/passwords/begin-session.ts';
import type { Cookies } from './cookies.ts';
import { chooseLanguage } from './language.ts';
import type { Renderer } from './renderer.ts';

/** What every page is served with. */
export interface Face {
  readonly context: AppContext;
  readonly cookies: Cookies;
  readonly render: Renderer;
}

/** One field that has to be mended, with the key of the text that says how. */
export interface Fault {
  readonly field: string;
  readonly text: string;
  /** Numbers that the text names. */
  readonly params?: Readonly<Record<string, number>>;
}

export interface View {
  readonly template: string;
  readonly status?: number;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** What a refused form is answered with: understood, and not acceptable. */
export const UNACCEPTABLE = 422;

/** Sends a page in the person's language. */
export async function show(
  face: Face,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  view: View,
): Promise<void> {
  const language = chooseLanguage(request.headers['accept-language']);
  const html = await face.render({ template: view.template, language, data: { faults: [], ...view.data } });
  await reply
    .code(view.status ?? 200)
    .type('text/html; charset=utf-8')
    .send(html);
}

export function visitorOf(request: FastifyRequest): Visitor {
  return { address: request.ip, userAgent: request.headers['user-agent'] ?? null };
}
