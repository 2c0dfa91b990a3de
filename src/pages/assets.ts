import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';

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

export async function loadAssets(): Promise<readonly Asset[]> {
  return await Promise.all(Object.entries(TYPES).map(async ([name, type]) => await load(name, type)));
}

async function load(name: string, type: string): Promise<Asset> {
  const content = await readFile(new URL(name, FOLDER));
  const digest = createHash('sha256').update(content).digest('hex').slice(0, DIGEST_DIGITS);
  return { name, path: `/assets/${name.replace('.', `.${digest}.`)}`, type, content };
}

export function serveAssets(server: FastifyInstance, assets: readonly Asset[]): void {
  for (const asset of assets)
    server.get(asset.path, async (_request, reply) => {
      await reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .type(asset.type)
        .send(asset.content);
    });
}
