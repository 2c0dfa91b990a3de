import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { FieldChanges } from '../shell/field-changes.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import type { Column } from '../shell/record-table.tsx';
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
      <PagedTable
        query={recordsQuery(run.id)}
        label="Records"
        columns={COLUMNS}
        keyOf={({ id }) => id}
        empty={
          run.planned ? 'Nothing has to change.' : 'A first import is applied as it is read, without a plan.'
        }
      />
    </>
  );
}
