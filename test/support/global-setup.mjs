import { tsImport } from 'tsx/esm/api';

/** Starts the one PostgreSQL server of this jest run; jest runs this file outside its own transforms. */
export default async function setUp() {
  const { startTestServer } = await tsImport('./test-server.ts', import.meta.url);
  globalThis.tributaryTestServer = await startTestServer();
}
