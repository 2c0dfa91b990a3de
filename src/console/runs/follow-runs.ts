import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isOver, runQuery, type Run } from './queries.ts';

/** Lists are asked for again at most so often, however fast runs go on. */
const LIST_MS = 1_500;

const MOST_PAGES = 3;

/** A list that was gone through far is left as it is: asking for it all again would be in the way. */
function isShort(data: unknown): boolean {
  const pages = typeof data === 'object' && data !== null && 'pages' in data ? data.pages : [];
  return !Array.isArray(pages) || pages.length <= MOST_PAGES;
}

/**
 * Keeps runs on the screen as they are now, for as long as the screen is open. A
 * connection that breaks is made again by the browser, which says what it saw last.
 *
 * @param id of one run; null for all.
 */
export function useLiveRuns(id: string | null, wanted = true): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!wanted) return undefined;
    let due: ReturnType<typeof setTimeout> | null = null;
    const refresh = (): void => {
      due = null;
      void queries.invalidateQueries({
        queryKey: id === null ? ['runs'] : ['runs', id],
        // The run itself came with the event.
        predicate: ({ queryKey, state }) => queryKey.at(-1) !== id && isShort(state.data),
      });
    };
    const stream = new EventSource(`/api/v1/runs${id === null ? '' : `/${id}`}/events`);
    stream.addEventListener('run', (event: MessageEvent<string>) => {
      const run = JSON.parse(event.data) as Run;
      queries.setQueryData(runQuery(run.id).queryKey, run);
      if (isOver(run.state)) void queries.invalidateQueries({ queryKey: ['overview'] });
      due ??= setTimeout(refresh, LIST_MS);
    });
    return () => {
      stream.close();
      if (due === null) return;
      clearTimeout(due);
      // What the last event said is not to be missed.
      refresh();
    };
  }, [id, queries, wanted]);
}
