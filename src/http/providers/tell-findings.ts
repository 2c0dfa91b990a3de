import { PassThrough } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ProviderTest, WatchedTest } from '../../app/providers/test-provider.ts';

const TYPE = 'application/x-ndjson';

/** For the description of routes that answer with {@link answerTest}. */
export const AS_IT_HAPPENS =
  `With \`Accept: ${TYPE}\` each finding comes as a line of its own as soon as it is made, \`{"finding": …}\`, ` +
  'and the whole answer as the last one, `{"result": …}`.';

/** Answers with the result of a test; line by line, as things are found, to those who ask for that. */
export async function answerTest(
  request: FastifyRequest,
  reply: FastifyReply,
  test: (tell: WatchedTest['tell']) => Promise<ProviderTest>,
): Promise<ProviderTest | FastifyReply> {
  if (request.headers.accept?.includes(TYPE) !== true) return await test(() => undefined);
  const lines = new PassThrough();
  const answer = { begun: false };
  const write = (line: object): void => {
    if (!answer.begun)
      void reply
        .type(`${TYPE}; charset=utf-8`)
        .header('x-accel-buffering', 'no')
        .serializer((payload: unknown) => payload as string)
        .send(lines);
    answer.begun = true;
    lines.write(`${JSON.stringify(line)}\n`);
  };
  try {
    write({ result: await test((finding) => write({ finding })) });
    lines.end();
  } catch (error) {
    // What has begun cannot become a refusal any more: the connection breaks.
    if (!answer.begun) throw error;
    lines.destroy(error instanceof Error ? error : new Error(String(error)));
  }
  return reply;
}
