import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FieldChanges } from '../shell/field-changes.tsx';
import { RecordTable, type Column } from '../shell/record-table.tsx';
import { StateBadge } from '../shell/state-badge.tsx';
import { recordsQuery, type Run, type RunRecord } from './queries.ts';
import { PlaceLink } from '../shell/place-link.tsx';

const COLUMNS: readonly Column<RunRecord>[] = [
  {
    title: 'Record',
    cell: ({ recordKey, profileId }) =>
      profileId === null ? (
        <span className="mono">{recordKey}</span>
      ) : (
        <PlaceLink to="/people/$who" params={{ who: profileId }} className="mono">
          {recordKey}
        </PlaceLink>
      ),
  },
  { title: 'What', cell: ({ action }) => action },
  { title: 'State', cell: ({ state }) => <StateBadge state={state} /> },
  { title: 'Changes', cell: ({ changes }) => <FieldChanges changes={changes} /> },
];

/** What a run planned, and what became of it, record by record. */
export function RunRecords({ run }: { readonly run: Run }): ReactNode {
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    recordsQuery(run.id),
  );
  return (
    <>
      <Button
        component="a"
        href={`/api/v1/exports/runs/${run.id}/records`}
        variant="subtle"
        size="compact-sm"
        mb="sm"
      >
        Download as CSV
      </Button>
      <RecordTable
        label="Records"
        columns={COLUMNS}
        rows={data?.pages.flatMap(({ items }) => items)}
        keyOf={({ id }) => id}
        error={error}
        empty={
          run.planned ? 'Nothing has to change.' : 'A first import is applied as it is read, without a plan.'
        }
        more={hasNextPage ? { load: () => void fetchNextPage(), loading: isFetchingNextPage } : undefined}
      />
    </>
  );
}
