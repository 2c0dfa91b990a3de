/** One thing wrong with what somebody sent: where, what, and how to mend it. */
export interface Problem {
  /** The place as its author knows it: `mapping.email`, `line 7, column email`. */
  readonly path: string;
  /** Stable, upper case. */
  readonly code: string;
  readonly message: string;
  /** What to do about it; empty when the message says it already. */
  readonly remedy: string;
}

/** What went wrong in the words of the caller's business; each kind has one HTTP status and one exit code. */
export type ErrorKind =
  | 'malformed'
  | 'invalid'
  | 'missing'
  | 'conflict'
  | 'stale'
  | 'unconditional'
  | 'forbidden'
  | 'unauthenticated'
  | 'held'
  | 'throttled'
  | 'busy'
  | 'unavailable';

/**
 * A failure that a person can do something about. Anything else is a bug and is
 * shown without details.
 *
 * The code is stable and documented; the message is for people and may change.
 * Neither holds a secret.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly kind: ErrorKind;
  readonly code: string;
  readonly remedy: string;
  readonly problems: readonly Problem[];

  constructor(about: {
    kind: ErrorKind;
    code: string;
    message: string;
    remedy?: string;
    problems?: readonly Problem[];
    cause?: unknown;
  }) {
    super(about.message, about.cause === undefined ? undefined : { cause: about.cause });
    this.kind = about.kind;
    this.code = about.code;
    this.remedy = about.remedy ?? '';
    this.problems = about.problems ?? [];
  }
}

/** @returns an AppError of kind `invalid` that carries every problem at once. */
export function invalid(code: string, message: string, problems: readonly Problem[]): AppError {
  return new AppError({ kind: 'invalid', code, message, problems });
}

/** @returns an AppError that says that nothing of that name exists. */
export function missing(what: string, name: string, remedy = ''): AppError {
  return new AppError({
    kind: 'missing',
    code: `${what.toUpperCase()}_NOT_FOUND`,
    message: `There is no ${what.toLowerCase()} ${name}.`,
    remedy,
  });
}

/** Whatever was thrown, as an Error; the original is kept as the cause. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error
    ? thrown
    : new Error('a value that is not an Error was thrown', { cause: thrown });
}
