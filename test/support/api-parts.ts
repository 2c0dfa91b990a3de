import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../config/load.ts';
import { describeConfig } from '../../config/print.ts';
import type { Secret } from '../../connectors/contract/secret.ts';
import { openMailer } from '../../jobs/mail/mailer.ts';
import type { ApiParts } from '../../src/http/api/types.ts';
import { silentLogger } from './logger.ts';

/** As the composition root makes them: real templates and mail; the settings of an environment that holds secrets. */
export async function apiParts(
  about: { readonly smtpUrl?: Secret; readonly templatesDirectory?: string } = {},
): Promise<ApiParts & { readonly capturedDirectory: string; readonly secretKey: string }> {
  const secretKey = randomBytes(32).toString('base64');
  const capturedDirectory = await mkdtemp(join(tmpdir(), 'tributary-captured-'));
  const loaded = await loadConfig({
    TRIBUTARY_SECRET_KEY: secretKey,
    REDIS_URL: 'redis://:hush@redis.example:6379/0',
    SMTP_URL: 'smtp://mailer:hush@mail.example:587',
    TRIBUTARY_MAIL_FROM: 'access@example.org',
  });
  return {
    secretKey,
    capturedDirectory,
    mail: openMailer({
      smtpUrl: about.smtpUrl ?? null,
      capturedDirectory,
      from: 'access@example.org',
      productName: 'Access Management',
      publicUrl: 'http://localhost:4600',
      templatesDirectory: about.templatesDirectory ?? null,
      logger: silentLogger,
    }),
    installation: {
      version: '1.2.3',
      roles: ['api', 'worker'],
      settings: describeConfig(loaded),
      inspector: true,
      branding: { accentColour: '#a3005c', hasLogo: true, hasLogoDark: false },
      probes: {
        queues: () => Promise.resolve('in the store'),
        mail: () => Promise.reject(new Error('the mail server does not answer')),
      },
    },
  };
}
