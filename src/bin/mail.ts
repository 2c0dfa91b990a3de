import { join } from 'node:path';
import type { Config } from '../../config/options.ts';
import { Secret } from '../../connectors/contract/secret.ts';
import type { Mailer } from '../../jobs/mail/mailer.ts';
import type { Lifecycle } from '../kernel/lifecycle.ts';
import type { RolesRequest } from './roles-request.ts';

/** Where mail is kept when there is no server to hand it to. */
export function capturedDirectory(config: Pick<Config, 'dataDirectory'>): string {
  return join(config.dataDirectory, 'mail');
}

/** Connects when the first mail is sent. */
export async function useMailer(
  lifecycle: Lifecycle,
  { config, context }: Pick<RolesRequest, 'config' | 'context'>,
): Promise<Mailer> {
  const { openMailer } = await import('../../jobs/mail/mailer.ts');
  return await lifecycle.use('mailer', () =>
    openMailer({
      smtpUrl: config.smtpUrl === null ? null : new Secret(config.smtpUrl()),
      capturedDirectory: capturedDirectory(config),
      from: config.mailFrom,
      productName: config.productName,
      publicUrl: config.publicUrl,
      templatesDirectory: config.templatesDirectory,
      accentColour: config.accentColour,
      logger: context.logger,
    }),
  );
}

/**
 * Captured mail holds links that set passwords. Its pages ask nobody who they
 * are, so they are served to this machine alone.
 */
export function shownMailDirectory(
  config: Pick<Config, 'smtpUrl' | 'publicUrl' | 'dataDirectory'>,
): string | null {
  if (config.smtpUrl !== null) return null;
  const local = LOOPBACK.has(new URL(config.publicUrl).hostname);
  return local ? capturedDirectory(config) : null;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
