/** Stops the server that global-setup.mjs started and removes its folder. */
export default async function tearDown() {
  await globalThis.tributaryTestServer?.[Symbol.asyncDispose]();
}
