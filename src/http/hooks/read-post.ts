import { isUtf8 } from 'node:buffer';
import type { FastifyRequest } from 'fastify';
import { notAuthentic, type SignedPost } from '../../app/push/verify-post.ts';
import type { PushMessage } from '../../domain/push/message.ts';
import { invalid, type Problem } from '../../kernel/errors.ts';
import { humanPath } from '../schemas/problem.ts';
import { pushBody, type PushBody } from '../schemas/push.ts';
import { JsonRefused, parseStrictJson } from './strict-json.ts';

const ID = /^[A-Za-z0-9_-]{1,128}$/;
const TIMESTAMP = /^\d{10}$/;
/** Two keys during a rotation, in two versions, and one to spare. */
const SIGNATURE = /^(?=.{1,1000}$)[^\s,]+,[^\s,]+(?: [^\s,]+,[^\s,]+){0,4}$/;

/**
 * The headers and the raw body of a post; everything that can be refused without
 * computing anything is refused here.
 *
 * @throws AppError `PUSH_NOT_AUTHENTIC`; `BODY_NOT_UTF8`.
 */
export function readSignedPost(request: FastifyRequest, provider: string, body: Buffer): SignedPost {
  const id = header(request, 'webhook-id', ID);
  const timestamp = header(request, 'webhook-timestamp', TIMESTAMP);
  const signature = header(request, 'webhook-signature', SIGNATURE);
  // Signatures are over characters: other bytes could stand for the same ones.
  if (!isUtf8(body)) throw refused('BODY_NOT_UTF8', 'is not UTF-8');
  return { provider, id, timestamp, signature, body: body.toString('utf8') };
}

function header(request: FastifyRequest, name: string, form: RegExp): string {
  const value = request.headers[name];
  if (typeof value !== 'string' || !form.test(value)) throw notAuthentic();
  return value;
}

/**
 * What a post says, once it is known who sent it.
 *
 * @throws AppError `BODY_NOT_JSON`, or `POST_INVALID` with every problem.
 */
export function readMessage(body: string): PushMessage {
  const read = pushBody.safeParse(parse(body));
  if (!read.success) throw invalid('POST_INVALID', 'The post cannot be used.', problemsOf(read.error.issues));
  return messageOf(read.data);
}

function parse(body: string): unknown {
  try {
    return parseStrictJson(body);
  } catch (error) {
    if (error instanceof JsonRefused) throw refused('BODY_NOT_JSON', error.message);
    throw error;
  }
}

function messageOf(body: PushBody): PushMessage {
  const { record, records, deletions, hints, begin, end, set = null } = body;
  if (end !== undefined) return { kind: 'end', set: end, records: typeof records === 'number' ? records : 0 };
  if (begin !== undefined) return { kind: 'begin', set: begin };
  if (hints !== undefined) return { kind: 'hints', keys: hints };
  if (deletions !== undefined) return { kind: 'deletions', keys: deletions };
  const list = record === undefined ? records : [record];
  return { kind: 'records', records: typeof list === 'object' ? list : [], set };
}

const MOST_PROBLEMS = 100;

function problemsOf(issues: readonly { path: PropertyKey[]; message: string }[]): readonly Problem[] {
  return issues
    .slice(0, MOST_PROBLEMS)
    .map(({ path, message }) => ({ path: humanPath(path), code: 'VALUE_INVALID', message, remedy: '' }));
}

function refused(code: string, message: string): Error {
  return invalid(code, `The post cannot be used: ${message}.`, [{ path: '', code, message, remedy: '' }]);
}
