import { ApiProblem, unreachable, type ProblemDetails } from './problem.ts';

export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** An answer with what its headers say: the tag that `If-Match` wants, the place of what was begun. */
export interface Answer<T> {
  readonly value: T;
  readonly etag: string | null;
  readonly location: string | null;
}

/**
 * Asks the API with the session's cookie.
 *
 * @throws ApiProblem for every answer that is not a success, and when there is none.
 */
export async function ask<T>(path: string, asked: Asked = {}): Promise<Answer<T>> {
  const response = await send(path, asked);
  if (!response.ok) throw new ApiProblem(await problemOf(response));
  const value: unknown = response.status === 204 ? undefined : await response.json();
  return {
    value: value as T,
    etag: response.headers.get('etag'),
    location: response.headers.get('location'),
  };
}

/** {@link ask} for those who want the value alone. */
export async function get<T>(path: string, asked: Asked = {}): Promise<T> {
  return (await ask<T>(path, asked)).value;
}

/** Sends a request; whether it succeeded is for the caller to see. @throws ApiProblem when nothing comes back. */
export async function send(path: string, { method, query, body, headers, signal }: Asked): Promise<Response> {
  try {
    return await fetch(`/api/v1${path}${queryText(query)}`, {
      method: method ?? 'GET',
      credentials: 'same-origin',
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal !== undefined && { signal }),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw unreachable(error);
  }
}

function queryText(query: Asked['query'] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]));
  return given.length === 0 ? '' : `?${text.toString()}`;
}

/** What an answer that is no success says. */
export async function problemOf(response: Response): Promise<ProblemDetails> {
  const fallback: ProblemDetails = {
    title: response.statusText,
    status: response.status,
    code: 'ANSWER_UNREADABLE',
    detail: `The server answered ${String(response.status)} and no more.`,
    remedy: 'A proxy in between may have answered instead.',
    problems: [],
    requestId: '',
  };
  try {
    return { ...fallback, ...((await response.json()) as Partial<ProblemDetails>) };
  } catch {
    return fallback;
  }
}
