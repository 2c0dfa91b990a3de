/** What the API says when it does not do what was asked: RFC 9457. */
export interface ProblemDetails {
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly remedy: string;
  readonly problems: readonly {
    readonly path: string;
    readonly code: string;
    readonly message: string;
    readonly remedy: string;
  }[];
  readonly requestId: string;
}

/** A request that was answered with a problem, or not at all. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly details: ProblemDetails;

  constructor(details: ProblemDetails, options?: ErrorOptions) {
    super(details.detail, options);
    this.details = details;
  }
}

/** When nothing came back: the server is away, or the network is. */
export function unreachable(cause: unknown): ApiProblem {
  return new ApiProblem(
    {
      title: 'No answer',
      status: 0,
      code: 'SERVER_UNREACHABLE',
      detail: 'The server did not answer.',
      remedy: 'Check the connection. This page asks again by itself.',
      problems: [],
      requestId: '',
    },
    { cause },
  );
}

/** Anything that was thrown, as something that can be shown. */
export function asProblem(error: unknown): ProblemDetails {
  if (error instanceof ApiProblem) return error.details;
  return {
    title: 'The console failed',
    status: 0,
    code: 'CONSOLE_FAILED',
    detail: error instanceof Error ? error.message : String(error),
    remedy: 'Load the page again.',
    problems: [],
    requestId: '',
  };
}
