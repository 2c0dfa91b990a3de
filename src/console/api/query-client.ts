import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem.ts';

const TRIES = 3;

/** What the server refused it refuses again; what did not answer is asked again. */
function asksAgain(failures: number, error: Error): boolean {
  const refused = error instanceof ApiProblem && error.details.status >= 400 && error.details.status < 500;
  return !refused && failures < TRIES;
}

export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: asksAgain, staleTime: 5_000 }, mutations: { retry: false } },
});
