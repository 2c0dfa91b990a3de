import type { ReactNode } from 'react';
import { causeText } from '../shell/cause-text.ts';
import { Moment } from '../shell/moment.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import type { Column } from '../shell/record-table.tsx';
import { StateBadge } from '../shell/state-badge.tsx';
import { useLiveRuns } from './follow-runs.ts';
import { runsQuery, type Run, type RunFilter } from './queries.ts';
import { PlaceLink } from '../shell/place-link.tsx';

const count = (value: number | undefined): string => (value ?? 0).toLocaleString('en');

const COLUMNS: readonly Column<Run>[] = [
  {
    title: 'Run',
    cell: ({ id, kind, dryRun }) => (
      <PlaceLink to="/runs/$id" params={{ id: id }}>
        {kind}
        {dryRun && ', dry'} <span className="mono">{id.slice(-6)}</span>
      </PlaceLink>
    ),
  },
  { title: 'Provider', cell: ({ provider }) => provider },
  { title: 'State', cell: ({ state }) => <StateBadge state={state} /> },
  { title: 'Asked by', cell: ({ cause }) => causeText(cause) },
  { title: 'Started', cell: ({ startedAt, createdAt }) => <Moment at={startedAt ?? createdAt} /> },
  { title: 'Read', numeric: true, cell: ({ counters }) => count(counters.read) },
  { title: 'Created', numeric: true, cell: ({ counters }) => count(counters.created) },
  { title: 'Updated', numeric: true, cell: ({ counters }) => count(counters.updated) },
  { title: 'Disabled', numeric: true, cell: ({ counters }) => count(counters.disabled) },
  { title: 'Errors', numeric: true, cell: ({ counters }) => count(counters.errors) },
];

/** Runs, newest first, as they go on. */
export function RunsTable({ filter }: { readonly filter: RunFilter }): ReactNode {
  useLiveRuns(null);
  return (
    <PagedTable
      query={runsQuery(filter)}
      label="Runs"
      columns={COLUMNS}
      keyOf={({ id }) => id}
      empty="There has been no such run."
    />
  );
}
