import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { runQuery, type Run } from './queries.ts';

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
    const stream = new EventSource(`/api/v1/runs${id === null ? '' : `/${id}`}/events`);
    stream.addEventListener('run', (event: MessageEvent<string>) => {
      const run = JSON.parse(event.data) as Run;
      queries.setQueryData(runQuery(run.id).queryKey, run);
      if (id === null)
        void queries.invalidateQueries({ queryKey: ['runs'], exact: false, refetchType: 'active' });
    });
    return () => stream.close();
  }, [id, queries, wanted]);
}
