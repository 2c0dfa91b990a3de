import { tsImport } from 'tsx/esm/api';

/** Stops the server that global-setup.mjs started and removes its folder; says what the run left out. */
export default async function tearDown() {
  await globalThis.tributaryTestServer?.[Symbol.asyncDispose]();
  const { tellMissing } = await tsImport('./missing.ts', import.meta.url);
  await tellMissing();
}
