import type pg from 'pg';

/** The part of the driver's client that holds the socket; its types leave it out. */
interface Wired {
  readonly connection: { readonly stream: { destroy(): void } };
}

/** Ends a connection by closing its socket: a peer that is gone, or busy with sending, does not answer a goodbye. */
export async function hangUp(client: pg.Client): Promise<void> {
  (client as unknown as Wired).connection.stream.destroy();
  await client.end().catch(() => undefined);
}
