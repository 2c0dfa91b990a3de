import type { AppContext } from '../app/context.ts';
import { api } from './api/plugin.ts';
import type { ApiDocument } from './reference.ts';
import { buildServer } from './server.ts';

/** The document at `/api/openapi.json` without an installation behind it: for the reference, and for tests made from it. */
export async function describeRoutes(): Promise<ApiDocument> {
  const settings = { publicUrl: 'http://localhost:4600', productName: 'Tributary' };
  // Routes are added and none is called: nothing else of a context is touched.
  const context = { settings } as AppContext;
  const server = await buildServer(context, { plugins: [api(context)] });
  try {
    const { body } = await server.inject('/api/openapi.json');
    return JSON.parse(body) as ApiDocument;
  } finally {
    await server.close();
  }
}
