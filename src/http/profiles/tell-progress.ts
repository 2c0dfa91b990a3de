import { PassThrough } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../../../connectors/contract/tools.ts';
import type { ImportProgress, ImportReport } from '../../app/profiles/import-profiles.ts';
import { problemOf, statusOf } from '../problem.ts';

/** Lines enough to watch by. */
const LEAST_MS = 200;

interface Asked {
  readonly request: Pick<FastifyRequest, 'id'>;
  readonly reply: FastifyReply;
  readonly logger: Logger;
}

/**
 * Answers with NDJSON while an import goes on: how far it is now and then, and what came of it as the last line. The
 * status is 200 from the start, so that a failure is the last line too.
 */
export function tellProgress(
  { request, reply, logger }: Asked,
  work: (onProgress: (progress: ImportProgress) => void) => Promise<ImportReport>,
): FastifyReply {
  const lines = new PassThrough();
  const write = (line: object): void => void lines.write(`${JSON.stringify(line)}\n`);
  let told = { phase: '', at: 0 };
  const onProgress = (progress: ImportProgress): void => {
    const now = performance.now();
    if (progress.phase === told.phase && now - told.at < LEAST_MS) return;
    told = { phase: progress.phase, at: now };
    write({ progress });
  };
  void work(onProgress)
    .then((report) => write({ report }))
    .catch((error: unknown) => {
      if (statusOf(error) === 500) logger.error('an import failed', { requestId: request.id, error });
      write({ problem: problemOf(error, request.id) });
    })
    .finally(() => lines.end());
  // Proxies that collect answers before they pass them on are asked not to.
  return reply.type('application/x-ndjson; charset=utf-8').header('x-accel-buffering', 'no').send(lines);
}
