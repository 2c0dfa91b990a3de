import { infiniteQueryOptions } from '@tanstack/react-query';
import { get, type Asked } from './request.ts';

/** One page of a list, as every list of the API comes. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  /** Give it back as `cursor` for the next page; null after the last. */
  readonly next: string | null;
}

/** A list of the API, page by page. @param query filters, which are part of the key. */
export function pagesOf<Item>(path: string, query: Asked['query'] = {}) {
  return infiniteQueryOptions({
    queryKey: [...path.split('/').filter((part) => part !== ''), query],
    queryFn: async ({ pageParam, signal }) =>
      await get<ListPage<Item>>(path, {
        query: { ...query, ...(pageParam !== null && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}
