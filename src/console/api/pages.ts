import { infiniteQueryOptions } from '@tanstack/react-query';
import { get, type Asked } from './request.ts';

/** One page of a list, as every list of the API comes. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  /** Give it back as `cursor` for the next page; null after the last. */
  readonly next: string | null;
}

/** Half of what the API gives at most. */
const PAGE = 100;

/** Whoever has gone through more than this looks for something, and asking for it all again would be in the way. */
const MOST_REFRESHED = 3;

/** A list of the API, page by page. @param query filters, which are part of the key. */
export function pagesOf<Item>(path: string, query: Asked['query'] = {}) {
  return infiniteQueryOptions({
    queryKey: [...path.split('/').filter((part) => part !== ''), query],
    queryFn: async ({ pageParam, signal }) =>
      await get<ListPage<Item>>(path, {
        query: { limit: PAGE, ...query, ...(pageParam !== null && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchOnWindowFocus: ({ state }) => (state.data?.pages.length ?? 0) <= MOST_REFRESHED,
    refetchOnReconnect: ({ state }) => (state.data?.pages.length ?? 0) <= MOST_REFRESHED,
  });
}
