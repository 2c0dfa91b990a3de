import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import statics from '@fastify/static';
import type { FastifyPluginAsync, FastifyReply } from 'fastify';

const NONCE_BYTES = 18;
const PLACE = '%NONCE%';

/**
 * The console's files under /console; every address in it that is no file is a
 * screen, and gets the one page there is. What it shows it asks the API for.
 *
 * @param folder what the build made of src/console.
 */
export function consoleFiles(folder: string): FastifyPluginAsync {
  return async (server) => {
    const page = await readFile(join(folder, 'index.html'), 'utf8');
    const show = async (reply: FastifyReply): Promise<void> => {
      const nonce = randomBytes(NONCE_BYTES).toString('base64');
      await reply
        .header('cache-control', 'no-store')
        .header('content-security-policy', policy(nonce))
        .type('text/html; charset=utf-8')
        .send(page.replace(PLACE, nonce));
    };
    await server.register(statics, {
      root: join(folder, 'assets'),
      prefix: '/console/assets/',
      preCompressed: true,
      immutable: true,
      maxAge: '365d',
      index: false,
      decorateReply: false,
    });
    const mark = await readFile(join(folder, 'mark.svg'));
    server.get('/console/mark.svg', async (_, reply) => {
      await reply.header('cache-control', 'public, max-age=3600').type('image/svg+xml').send(mark);
    });
    server.get('/console', async (_, reply) => await show(reply));
    server.get('/console/*', async (_, reply) => await show(reply));
  };
}

/** The component kit writes the colours of its theme into a style element of its own, which carries the nonce. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    // Previews of e-mails, which are in a sandbox.
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
