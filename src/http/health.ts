import type { FastifyPluginAsync } from 'fastify';
import { checkStore } from '../app/check-store.ts';
import type { AppContext } from '../app/context.ts';
import { AppError } from '../kernel/errors.ts';

/** One thing that has to be well before requests are sent to this process. */
export interface ReadinessCheck {
  readonly name: string;
  /** Rejects when it is not. */
  readonly check: () => Promise<void>;
}

/** A check that takes longer counts as failed: whoever asks does not wait for ever. */
const CHECK_MS = 5_000;

/** `/health/live`: the process answers. `/health/ready`: it can do its work; 503 with the names of what is not well. */
export function health(context: AppContext, extra: readonly ReadinessCheck[]): FastifyPluginAsync {
  const checks = [{ name: 'store', check: async () => await checkStore(context) }, ...extra];
  return async (server) => {
    server.get('/health/live', async (_request, reply) => {
      await reply.header('cache-control', 'no-store').send({ status: 'ok' });
    });
    server.get('/health/ready', async (_request, reply) => {
      const results = await Promise.all(checks.map(async (each) => await run(each)));
      const ready = results.every((result) => result.state === 'ok');
      await reply
        .code(ready ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({ status: ready ? 'ok' : 'unavailable', checks: results });
    });
    await Promise.resolve();
  };
}

async function run(check: ReadinessCheck): Promise<{ name: string; state: string; code?: string }> {
  try {
    await Promise.race([check.check(), timeout()]);
    return { name: check.name, state: 'ok' };
  } catch (error) {
    return {
      name: check.name,
      state: 'failed',
      code: error instanceof AppError ? error.code : 'CHECK_FAILED',
    };
  }
}

async function timeout(): Promise<never> {
  return await new Promise((_, reject) => {
    setTimeout(
      () => reject(new AppError({ kind: 'unavailable', code: 'CHECK_TIMEOUT', message: 'No answer.' })),
      CHECK_MS,
    ).unref();
  });
}
