import { Secret } from '../../connectors/contract/secret.ts';
import type { Lifecycle } from '../kernel/lifecycle.ts';
import { useMailer } from './mail.ts';
import type { RolesRequest } from './roles-request.ts';

/** Starts what this process is to do; the lifecycle stops it. The pages come last: who can reach them can use them. */
export async function startRoles(lifecycle: Lifecycle, request: RolesRequest): Promise<void> {
  const { roles } = request;
  if (roles.includes('worker') || roles.includes('scheduler')) await startBackground(lifecycle, request);
  if (roles.includes('api')) {
    const { startServer } = await import('./start-server.ts');
    await startServer(lifecycle, request);
  }
}

/** Workers and schedule of this process, as its roles say. */
export async function startBackground(
  lifecycle: Lifecycle,
  request: Omit<RolesRequest, 'settings'>,
): Promise<void> {
  const { config, context, roles } = request;
  const { startWorkers } = await import('../../jobs/start-workers.ts');
  const mailer = await useMailer(lifecycle, request);
  await lifecycle.use('workers', () =>
    startWorkers(context, {
      redisUrl: config.redisUrl === null ? null : new Secret(config.redisUrl()),
      roles: { worker: roles.includes('worker'), scheduler: roles.includes('scheduler') },
      sendMail: mailer.send,
      concurrency: config.workerConcurrency,
    }),
  );
}
