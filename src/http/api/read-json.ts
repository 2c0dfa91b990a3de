import type { FastifyInstance } from 'fastify';
import { AppError } from '../../kernel/errors.ts';

/** Deep enough for every document there is; beyond it parsers and checks recurse for nothing. */
const DEEPEST = 60;
const BODY_BYTES = 1_000_000;

/** Bodies are JSON and nothing else, strictly: UTF-8, no `__proto__`, not too deep. */
export function readJson(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: BODY_BYTES },
    async (_request: unknown, body: string | Buffer) => await Promise.resolve(parse(String(body))),
  );
}

function parse(text: string): unknown {
  // A DELETE or a POST without a body may carry the header all the same.
  if (text === '') return undefined;
  if (depthOf(text) > DEEPEST) throw refuse('is nested too deeply');
  const keys = new Set<string>();
  const value = parseNoting(text, keys);
  if (keys.has('__proto__')) throw refuse('has a key __proto__');
  return value;
}

function parseNoting(text: string, keys: Set<string>): unknown {
  try {
    return JSON.parse(text, (key, inner: unknown) => {
      keys.add(key);
      return inner;
    });
  } catch (cause) {
    throw refuse('is not JSON', cause);
  }
}

/** Files of people are not read into memory: the handler gets them as they come. */
export function readFiles(server: FastifyInstance): void {
  server.addContentTypeParser(
    'text/csv',
    async (_request: unknown, payload: unknown) => await Promise.resolve(payload),
  );
}

/** Brackets that are open at once, whatever stands in strings not counted. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function refuse(what: string, cause?: unknown): AppError {
  return new AppError({
    kind: 'malformed',
    code: 'BODY_MALFORMED',
    message: `The body ${what}.`,
    remedy: 'Send one JSON document in UTF-8.',
    cause,
  });
}
