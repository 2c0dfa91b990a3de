import { createTransport } from 'nodemailer';
import type { Secret } from '../../connectors/contract/secret.ts';

const LIMIT_MS = 10_000;

/** Resolves when the server takes our login; rejects with its reason. Sends nothing. */
export async function checkMail(url: Secret): Promise<void> {
  const transport = createTransport({
    url: url.reveal(),
    connectionTimeout: LIMIT_MS,
    greetingTimeout: LIMIT_MS,
    socketTimeout: LIMIT_MS,
  });
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}
