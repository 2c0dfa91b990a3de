import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config, Role } from '../../config/options.ts';
import { Secret } from '../../connectors/contract/secret.ts';
import type { AppContext } from '../app/context.ts';
import type { Lifecycle } from '../kernel/lifecycle.ts';
import { cannotListen } from './port.ts';

export interface RolesRequest {
  readonly config: Config;
  readonly context: AppContext;
  readonly roles: readonly Role[];
}

/** Where mail is kept when there is no server to hand it to. */
export function capturedDirectory(config: Pick<Config, 'dataDirectory'>): string {
  return join(config.dataDirectory, 'mail');
}

/** Starts what this process is to do; the lifecycle stops it. The pages come last: who can reach them can use them. */
export async function startRoles(lifecycle: Lifecycle, request: RolesRequest): Promise<void> {
  const { roles } = request;
  if (roles.includes('worker') || roles.includes('scheduler')) await startBackground(lifecycle, request);
  if (roles.includes('api')) await startServer(lifecycle, request);
}

/** Workers and schedule of this process, as its roles say. */
export async function startBackground(lifecycle: Lifecycle, request: RolesRequest): Promise<void> {
  const { config, context, roles } = request;
  const [{ startWorkers }, { openMailer }] = await Promise.all([
    import('../../jobs/start-workers.ts'),
    import('../../jobs/mail/mailer.ts'),
  ]);
  const mailer = await lifecycle.use('mailer', () =>
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
  await lifecycle.use('workers', () =>
    startWorkers(context, {
      redisUrl: config.redisUrl === null ? null : new Secret(config.redisUrl()),
      roles: { worker: roles.includes('worker'), scheduler: roles.includes('scheduler') },
      sendMail: mailer.send,
      concurrency: config.workerConcurrency,
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

/** Beside the built server: this file runs from there. */
const BUILT_CONSOLE = fileURLToPath(new URL('../../console', import.meta.url));

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

async function startServer(lifecycle: Lifecycle, { config, context }: RolesRequest): Promise<void> {
  const [{ buildServer }, { api }, { hooks }, { consoleFiles }, { pages }, { errorPage }] = await Promise.all(
    [
      import('../http/server.ts'),
      import('../http/api/plugin.ts'),
      import('../http/hooks/plugin.ts'),
      import('../http/console/plugin.ts'),
      import('../pages/plugin.ts'),
      import('../pages/error-page.ts'),
    ],
  );
  const { templatesDirectory, trustProxy, host, port } = config;
  const mailDirectory = shownMailDirectory(config);
  const { accentColour, logo, logoDark } = config;
  const look = { accentColour, logo, logoDark };
  const server = await buildServer(context, {
    plugins: [
      api(context),
      hooks(context),
      consoleFiles(BUILT_CONSOLE),
      pages(context, { templatesDirectory, mailDirectory, look }),
    ],
    errorPage: await errorPage(context, { templatesDirectory, look }),
    trustProxy,
  });
  await lifecycle.acquire(
    'web server',
    () =>
      server.listen({ host, port }).catch((cause: unknown) => Promise.reject(cannotListen(config, cause))),
    () => server.close(),
  );
  if (config.smtpUrl === null && mailDirectory === null)
    context.logger.warn('no SMTP_URL: e-mails are kept in the data directory and reach nobody');
  context.logger.info('listening', { host, port, url: config.publicUrl });
  await tellFirstOperator(context);
  await keepAnchors(lifecycle, context);
}

/** On standard error and not in the log, which is kept and sent elsewhere. */
async function tellFirstOperator(context: AppContext): Promise<void> {
  const { inviteFirstOperator } = await import('../app/operators/first-operator.ts');
  const link = await inviteFirstOperator(context);
  if (link === null) return;
  process.stderr.write(
    `\nThere is no operator yet. Set up the first one, within 24 hours and once, at\n\n    ${link.url.reveal()}\n\n`,
  );
}

const ANCHOR_MS = 60_000;

/** Notes where the audit log ends, at the start and every minute in which it has grown. */
async function keepAnchors(lifecycle: Lifecycle, context: AppContext): Promise<void> {
  const { noteAnchor } = await import('../app/operators/audit-anchor.ts');
  const note = (): void => {
    noteAnchor(context).catch((error: unknown) =>
      context.logger.warn('the end of the audit log was not noted', { error }),
    );
  };
  note();
  await lifecycle.acquire('audit anchors', () => setInterval(note, ANCHOR_MS), clearInterval);
}
