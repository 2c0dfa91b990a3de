import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { problemSchema } from '../../http/schemas/shapes.ts';
import { RemoteError } from './remote-error.ts';

/** Where an installation is, and what lets us in. */
export interface Whereabouts {
  /** Without a slash at its end. */
  readonly url: string;
  /** A function, so that printing the whereabouts shows nothing. */
  readonly token: () => string;
  /** Aborts when the command is stopped. */
  readonly signal: AbortSignal;
}

/** One request. */
export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, every part of it encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is. */
  readonly file?: { readonly type: string; readonly stream: ReadableStream };
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** So many pages of the API at once. */
export const PAGE = 200;
const MOST_ATTEMPTS = 4;
const LONGEST_WAIT_S = 60;

/** The API of one installation. */
export class Server {
  readonly #where: Whereabouts;

  constructor(where: Whereabouts) {
    this.#where = where;
  }

  /** Asks, and reads the answer by its schema. @throws RemoteError with what the server said. */
  async ask<T extends z.ZodType>(schema: T, asked: Asked): Promise<z.output<T>> {
    const response = await this.send(asked);
    const read = schema.safeParse(await jsonOf(response));
    if (read.success) return read.data;
    throw answerUnknown(this.#where.url, response.status);
  }

  /** Asks for something that has no answer. */
  async tell(asked: Asked): Promise<void> {
    const response = await this.send(asked);
    await response.body?.cancel();
  }

  /** A list that comes page by page, as far as `limit`. */
  async *pages<T extends z.ZodType>(
    schema: T,
    asked: Asked,
    limit = Number.POSITIVE_INFINITY,
  ): AsyncGenerator<readonly z.output<T>[]> {
    const page = z.object({ items: z.array(schema), next: z.string().nullable() });
    let cursor = asked.query?.['cursor'];
    for (let left = limit; left > 0;) {
      const query = { ...asked.query, limit: Math.min(PAGE, left), cursor };
      const { items, next } = await this.ask(page, { ...asked, query });
      if (items.length > 0) yield items;
      if (next === null) return;
      left -= items.length;
      cursor = next;
    }
  }

  /** Such a list as a whole. */
  async list<T extends z.ZodType>(schema: T, asked: Asked, limit: number): Promise<readonly z.output<T>[]> {
    const items: z.output<T>[] = [];
    for await (const page of this.pages(schema, asked, limit)) items.push(...page);
    return items;
  }

  /** A list that comes at once. */
  async items<T extends z.ZodType>(schema: T, asked: Asked): Promise<readonly z.output<T>[]> {
    return (await this.ask(z.object({ items: z.array(schema) }), asked)).items;
  }

  /** @returns an answer of 2xx, whose body has not been read. */
  async send(asked: Asked): Promise<Response> {
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.#fetch(asked);
      if (response.ok) return response;
      const wait = secondsToWait(response, asked);
      if (wait === null || attempt === MOST_ATTEMPTS) throw await refusal(response, this.#where.url);
      await response.body?.cancel();
      await sleep(wait * 1_000, undefined, { signal: this.#where.signal });
    }
  }

  async #fetch({ method = 'GET', path, query, body, file, headers, signal }: Asked): Promise<Response> {
    const { url, token, signal: stopped } = this.#where;
    const sent =
      file === undefined
        ? body !== undefined && { body: JSON.stringify(body), type: 'application/json' }
        : { body: file.stream, type: file.type };
    try {
      return await fetch(`${url}/api/v1${path}${queryText(query)}`, {
        method,
        redirect: 'manual',
        signal: signal === undefined ? stopped : AbortSignal.any([stopped, signal]),
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${token()}`,
          ...(sent === false ? {} : { 'content-type': sent.type }),
          ...headers,
        },
        ...(sent === false ? {} : { body: sent.body }),
        ...(file === undefined ? {} : { duplex: 'half' }),
      });
    } catch (cause) {
      stopped.throwIfAborted();
      signal?.throwIfAborted();
      throw unreachable(url, cause);
    }
  }
}

function queryText(query: Asked['query'] = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

/** How long a refused request waits before it is sent again; null: it is not. What may have been done is not repeated. */
function secondsToWait(response: Response, { method = 'GET', file }: Asked): number | null {
  if (file !== undefined) return null;
  // Refused before anything was done, whatever was asked.
  const again = response.status === 429 || (response.status === 503 && method === 'GET');
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return again && seconds > 0 && seconds <= LONGEST_WAIT_S ? seconds : null;
}

async function jsonOf(response: Response): Promise<unknown> {
  return await response.json().catch(() => undefined);
}

async function refusal(response: Response, url: string): Promise<RemoteError> {
  const { status } = response;
  if (status >= 300 && status < 400) {
    await response.body?.cancel();
    return new RemoteError({
      code: 'SERVER_ELSEWHERE',
      message: `${url} sends us elsewhere.`,
      remedy: `Give the address it names: ${originOf(response.headers.get('location'))}`,
      problems: [],
      status,
    });
  }
  const read = problemSchema.safeParse(await jsonOf(response));
  if (!read.success) return answerUnknown(url, status);
  const { code, detail, remedy, problems, requestId } = read.data;
  const asked = remedy === '' && status >= 500 ? `Its log knows more, by the request ${requestId}.` : remedy;
  return new RemoteError({ code, message: detail, remedy: asked, problems, status });
}

function originOf(location: string | null): string {
  return location !== null && URL.canParse(location) ? new URL(location).origin : 'ask whoever runs it';
}

function answerUnknown(url: string, status: number): RemoteError {
  return new RemoteError({
    code: 'SERVER_ANSWER_UNKNOWN',
    message: `What ${url} answers is not the API of this version (status ${String(status)}).`,
    remedy: 'Is it the address of a Tributary installation, and is this command of the same version?',
    problems: [],
    status,
  });
}

/** The reason of the system: `fetch failed` says nothing to anybody. */
function unreachable(url: string, cause: unknown): RemoteError {
  const inner = cause instanceof Error ? (cause.cause ?? cause) : cause;
  const { code } = Object(inner) as { readonly code?: unknown };
  const reason = typeof code === 'string' ? ` (${code})` : '';
  return new RemoteError(
    {
      code: 'SERVER_UNREACHABLE',
      message: `${url} cannot be reached${reason}.`,
      remedy:
        'Check --server, and whether it runs: its /health/ready says so. For a certificate of your own, set NODE_EXTRA_CA_CERTS.',
      problems: [],
      status: null,
    },
    { cause },
  );
}
