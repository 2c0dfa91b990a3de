import { createHash } from 'node:crypto';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { AppContext } from '../../app/context.ts';
import { receivePost } from '../../app/push/receive-post.ts';
import { verifyPost } from '../../app/push/verify-post.ts';
import { readMessage, readSignedPost } from './read-post.ts';

/** Thousands of people; more come in several posts. */
const BODY_BYTES = 1024 * 1024;

interface Path {
  readonly Params: { readonly name: string };
  readonly Body: Buffer;
}

/**
 * `POST /hooks/providers/NAME`, where systems push what they have. Everything is
 * refused as early as it can be: size and type before the body is read, headers
 * before anything is computed, the signature before anything is parsed.
 */
export function hooks(context: AppContext): FastifyPluginAsync {
  return async (server) => {
    server.removeAllContentTypeParsers();
    server.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer', bodyLimit: BODY_BYTES },
      (_request, body, done) => done(null, body),
    );
    server.route<Path>({
      method: 'POST',
      url: '/hooks/providers/:name',
      bodyLimit: BODY_BYTES,
      onRequest: refuseEncodings,
      handler: async (request, reply) => {
        const { answer, repeated } = await receive(context, request);
        await reply
          .code(repeated ? 200 : 202)
          .header('cache-control', 'no-store')
          .send(answer);
      },
    });
    server.route({
      method: ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
      url: '/hooks/providers/:name',
      handler: async (_request, reply) => {
        reply.header('allow', 'POST');
        return await Promise.reject(failure(405, 'only POST is understood here'));
      },
    });
    await Promise.resolve();
  };
}

async function receive(context: AppContext, request: FastifyRequest<Path>): ReturnType<typeof receivePost> {
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const post = readSignedPost(request, request.params.name, raw);
  const endpoint = await verifyPost(context, post);
  const message = readMessage(post.body);
  const bodyDigest = createHash('sha256').update(raw).digest();
  return await receivePost(context, { endpoint, id: post.id, bodyDigest, message });
}

/** What is signed are the bytes that arrive: nothing is unpacked, and nothing but UTF-8 is read. */
async function refuseEncodings(request: FastifyRequest): Promise<void> {
  const { 'content-encoding': encoding = 'identity', 'content-type': type = '' } = request.headers;
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(type)?.[1] ?? 'utf-8';
  if (encoding !== 'identity' || charset.toLowerCase() !== 'utf-8')
    await Promise.reject(failure(415, 'the body has to be JSON in UTF-8, not packed'));
}

function failure(statusCode: number, message: string): Error {
  return Object.assign(new Error(message), { statusCode });
}
