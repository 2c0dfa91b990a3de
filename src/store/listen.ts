import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Secret } from '../../connectors/contract/secret.ts';
import type { Logger } from '../../connectors/contract/tools.ts';
import type { Channel } from './channel.ts';

interface Listening {
  readonly url: Secret;
  readonly channels: readonly Channel[];
  readonly wake: (channel: Channel) => void;
  readonly logger: Logger;
}

/** Half-open sockets are noticed by asking: pg sends no keep-alives that a dead peer must answer. */
const PROBE_MS = 30_000;
const RECONNECT_MS = 1_000;

/** Listens until the signal aborts; reconnects by itself, and wakes everyone after each reconnect. */
export async function listen(about: Listening, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      await listenOnce(about, signal);
    } catch (error) {
      if (signal.aborted) return;
      about.logger.warn('the connection that listens to the store broke; reconnecting', { error });
    }
    await sleep(RECONNECT_MS);
  }
}

async function listenOnce(about: Listening, signal: AbortSignal): Promise<void> {
  const client = new pg.Client({
    connectionString: about.url.reveal(),
    application_name: 'tributary-listen',
    connectionTimeoutMillis: 10_000,
    query_timeout: 10_000,
  });
  const broken = new Promise<never>((_, reject) => client.on('error', reject));
  broken.catch(() => undefined);
  try {
    await client.connect();
    client.on('notification', (message) => about.wake(message.channel as Channel));
    for (const channel of about.channels) await client.query(`LISTEN ${channel}`);
    for (const channel of about.channels) about.wake(channel);
    for (;;) {
      await Promise.race([broken, sleep(PROBE_MS, undefined, { signal })]);
      await client.query('SELECT 1');
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}
