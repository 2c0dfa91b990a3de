import { RemoteError } from './remote-error.ts';

/** For what can be done on a machine of the installation only. */
export function notThroughTheApi(what: string, remedy: string): RemoteError {
  return new RemoteError({
    code: 'NOT_THROUGH_THE_API',
    message: `${what} is nothing that the API takes; nothing was done.`,
    remedy,
    problems: [],
    status: null,
  });
}
