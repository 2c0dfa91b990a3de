import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { pagesOf } from '../api/pages.ts';
import { RecordTable, type RecordTableProps } from './record-table.tsx';

export interface PagedTableProps<Row> extends Pick<
  RecordTableProps<Row>,
  'label' | 'columns' | 'keyOf' | 'empty'
> {
  readonly query: ReturnType<typeof pagesOf<Row>>;
}

/** A list of the API as a table that grows by a page at a time. */
export function PagedTable<Row>({ query, ...table }: PagedTableProps<Row>): ReactNode {
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(query);
  return (
    <RecordTable
      {...table}
      rows={data?.pages.flatMap(({ items }) => items)}
      error={error}
      more={hasNextPage ? { load: () => void fetchNextPage(), loading: isFetchingNextPage } : undefined}
    />
  );
}
