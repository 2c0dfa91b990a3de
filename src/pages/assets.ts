import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { accentStyles, readPicture, recoloured, type Appearance } from './appearance.ts';

const FOLDER = new URL('./assets/', import.meta.url);

const TYPES = {
  'pages.css': 'text/css; charset=utf-8',
  'pages.js': 'text/javascript; charset=utf-8',
  'mark.svg': 'image/svg+xml',
  'streams.svg': 'image/svg+xml',
} as const;

interface Asset {
  readonly name: string;
  /** Holds a digest of the content, so that browsers can keep the asset for ever. */
  readonly path: string;
  readonly type: string;
  readonly content: Buffer;
}

const DIGEST_DIGITS = 12;

/** Our own assets, and those of the installation: `accent.css`, `logo.svg` or `.png`, `logoDark.svg` or `.png`. */
export async function loadAssets(look: Appearance): Promise<readonly Asset[]> {
  const own = Object.entries(TYPES).map(async ([name, type]) => await loadOwn(name, { type, look }));
  const theirs = [loadPicture('logo', look.logo), loadPicture('logoDark', look.logoDark)];
  const assets = (await Promise.all([...own, ...theirs])).filter((asset) => asset !== null);
  if (look.accentColour === null) return assets;
  const styles = Buffer.from(accentStyles(look.accentColour));
  return [...assets, asset('accent.css', TYPES['pages.css'], styles)];
}

async function loadOwn(
  name: string,
  { type, look }: { readonly type: string; readonly look: Appearance },
): Promise<Asset> {
  const content = await readFile(new URL(name, FOLDER));
  if (!name.endsWith('.svg') || look.accentColour === null) return asset(name, type, content);
  return asset(name, type, Buffer.from(recoloured(content.toString('utf8'), look.accentColour)));
}

async function loadPicture(name: string, path: string | null): Promise<Asset | null> {
  if (path === null) return null;
  const { type, content } = await readPicture(path);
  return asset(`${name}.${type === 'image/png' ? 'png' : 'svg'}`, type, content);
}

function asset(name: string, type: string, content: Buffer): Asset {
  const digest = createHash('sha256').update(content).digest('hex').slice(0, DIGEST_DIGITS);
  return { name, path: `/assets/${name.replace('.', `.${digest}.`)}`, type, content };
}

export function serveAssets(server: FastifyInstance, assets: readonly Asset[]): void {
  for (const one of assets)
    server.get(one.path, async (_request, reply) => {
      await reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .type(one.type)
        .send(one.content);
    });
}
