import { fileURLToPath } from 'node:url';
import { Secret } from '../../connectors/contract/secret.ts';
import type { Inspector } from '../../jobs/inspector.ts';
import type { AppContext } from '../app/context.ts';
import { VERSION } from '../cli/version.ts';
import type { Installation } from '../http/installation/installation.ts';
import type { Lifecycle } from '../kernel/lifecycle.ts';
import { shownMailDirectory, useMailer } from './mail.ts';
import { cannotListen } from './port.ts';
import type { RolesRequest } from './roles-request.ts';
import { probesOf } from './probes.ts';

/** Beside the built server: this file runs from there. */
const BUILT_CONSOLE = fileURLToPath(new URL('../../console', import.meta.url));

/** Serves the API, the console, the hosted pages and the hooks until the lifecycle stops it. */
export async function startServer(lifecycle: Lifecycle, request: RolesRequest): Promise<void> {
  const { config, context } = request;
  const [{ buildServer }, { api }, { hooks }, { consoleFiles }, { inspector }, { pages }, { errorPage }] =
    await Promise.all([
      import('../http/server.ts'),
      import('../http/api/plugin.ts'),
      import('../http/hooks/plugin.ts'),
      import('../http/console/plugin.ts'),
      import('../http/console/inspector.ts'),
      import('../pages/plugin.ts'),
      import('../pages/error-page.ts'),
    ]);
  const { templatesDirectory, trustProxy, host, port } = config;
  const mailDirectory = shownMailDirectory(config);
  const { accentColour, logo, logoDark } = config;
  const look = { accentColour, logo, logoDark };
  const board = await useInspector(lifecycle, request);
  const server = await buildServer(context, {
    plugins: [
      api(context, { mail: await useMailer(lifecycle, request), installation: installationOf(request) }),
      hooks(context),
      consoleFiles(BUILT_CONSOLE),
      inspector(context, board.plugin),
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

function redisOf({ redisUrl }: RolesRequest['config']): Secret | null {
  return redisUrl === null ? null : new Secret(redisUrl());
}

async function useInspector(lifecycle: Lifecycle, { config, context }: RolesRequest): Promise<Inspector> {
  const [{ openInspector }, { INSPECTOR_PATH }] = await Promise.all([
    import('../../jobs/inspector.ts'),
    import('../http/console/inspector.ts'),
  ]);
  return await lifecycle.use('queue inspector', () =>
    openInspector({
      path: INSPECTOR_PATH,
      redisUrl: redisOf(config),
      storeUrl: new Secret(context.store.url),
      logger: context.logger,
    }),
  );
}

/** What this process says of itself. */
function installationOf({ config, context, roles, settings }: RolesRequest): Installation {
  return {
    version: VERSION,
    roles,
    settings,
    inspector: true,
    branding: {
      accentColour: config.accentColour,
      hasLogo: config.logo !== null,
      hasLogoDark: config.logoDark !== null,
    },
    probes: probesOf(config, context),
  };
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
