import type { ErrorKind, Problem } from '../kernel/errors.ts';
import { ConnectorError } from '../../connectors/contract/errors.ts';
import { AppError } from '../kernel/errors.ts';

/** RFC 9457, with what this product adds: a stable code, what to do, and every problem at once. */
export interface ProblemDocument {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly remedy: string;
  readonly problems: readonly Problem[];
  readonly requestId: string;
}

const STATUS = {
  malformed: 400,
  invalid: 422,
  missing: 404,
  conflict: 409,
  stale: 412,
  unconditional: 428,
  forbidden: 403,
  unauthenticated: 401,
  held: 409,
  throttled: 429,
  busy: 503,
  unavailable: 503,
} as const satisfies Record<ErrorKind, number>;

/** A provider's database is at fault, and not who asked. */
const BAD_GATEWAY = 502;

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  412: 'Changed meanwhile',
  413: 'Too large',
  414: 'Address too long',
  415: 'Unsupported media type',
  422: 'Not valid',
  428: 'A condition is needed',
  429: 'Too many requests',
  502: 'A provider is at fault',
  503: 'Not available',
};

/** The HTTP status of anything that was thrown; 500 for what nobody foresaw. */
export function statusOf(error: unknown): number {
  if (error instanceof ConnectorError) return BAD_GATEWAY;
  if (error instanceof AppError) return STATUS[error.kind];
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

/** What a client may know about a failure: all of an AppError, nothing of a bug. */
export function problemOf(error: unknown, requestId: string): ProblemDocument {
  const status = statusOf(error);
  const title = TITLES[status] ?? 'Something went wrong';
  const common = { type: 'about:blank', title, status, requestId } as const;
  if (error instanceof AppError) {
    const { code, message, remedy, problems } = error;
    return { ...common, code, detail: message, remedy, problems };
  }
  if (error instanceof ConnectorError)
    return { ...common, code: error.code, detail: error.message, remedy: '', problems: [] };
  const code = status === 500 ? 'INTERNAL' : 'REQUEST_REFUSED';
  return { ...common, code, detail: `${title}.`, remedy: '', problems: [] };
}
