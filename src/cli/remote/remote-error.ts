import type { z } from 'zod';
import type { problemSchema } from '../../http/schemas/shapes.ts';

type Told = Pick<z.output<typeof problemSchema>, 'code' | 'remedy' | 'problems'> & {
  readonly message: string;
  /** The HTTP status of the answer; null when there was none. */
  readonly status: number | null;
};

/** What a remote installation refused, or why it could not be asked: the same words as on the store. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';
  readonly code: string;
  readonly remedy: string;
  readonly problems: Told['problems'];
  readonly status: number | null;

  constructor({ message, code, remedy, problems, status }: Told, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.remedy = remedy;
    this.problems = problems;
    this.status = status;
  }
}
