import type { FastifyRequest } from 'fastify';
import { AppError } from '../kernel/errors.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses forms that another site sends. Browsers say who sends a form, in
 * `Sec-Fetch-Site`, and those of before 2023 in `Origin`; no script can change
 * either; from our pages, which tell nobody their address, it is `null`. A client
 * that sends neither is no browser and carries nobody's cookies.
 *
 * @param opaque accept `Origin: null`, which browsers send from pages that tell
 *   nobody their address; only where the form holds a token that proves enough.
 * @throws AppError `FOREIGN_FORM`, kind `forbidden`.
 */
export function refuseForeignForms(
  request: FastifyRequest,
  about: { readonly publicUrl: string; readonly opaque: boolean },
): void {
  if (SAFE.has(request.method)) return;
  const site = request.headers['sec-fetch-site'];
  if (site === 'same-origin') return;
  const { origin } = request.headers;
  const ours = origin === new URL(about.publicUrl).origin || (origin === 'null' && about.opaque);
  if (site === undefined && (origin === undefined || ours)) return;
  throw new AppError({
    kind: 'forbidden',
    code: 'FOREIGN_FORM',
    message: 'This form was sent from another site.',
    remedy: 'Open the page itself and send the form from there.',
  });
}
