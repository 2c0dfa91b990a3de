import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { causeText } from '../shell/cause-text.ts';
import { Moment } from '../shell/moment.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { RecordTable, type Column, type RecordTableProps } from '../shell/record-table.tsx';
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

export interface RunsTableProps {
  readonly filter: RunFilter;
  /** Shows so many and leads to the rest; absent for all of them. */
  readonly most?: number;
}

/** Runs, as they go on. */
export function RunsTable({ filter, most }: RunsTableProps): ReactNode {
  useLiveRuns(null);
  const common = {
    label: 'Runs',
    columns: COLUMNS,
    keyOf: ({ id }: Run) => id,
    empty: 'There has been no such run. Runs begin by a schedule, or under Providers.',
  };
  if (most === undefined) return <PagedTable query={runsQuery(filter)} {...common} />;
  return <Latest filter={filter} most={most} common={common} />;
}

interface LatestProps extends Required<RunsTableProps> {
  readonly common: Pick<RecordTableProps<Run>, 'label' | 'columns' | 'keyOf' | 'empty'>;
}

function Latest({ filter, most, common }: LatestProps): ReactNode {
  const { data, error } = useInfiniteQuery(runsQuery(filter));
  const runs = data?.pages[0]?.items;
  return (
    <>
      <RecordTable {...common} rows={runs?.slice(0, most)} error={error} />
      {(runs?.length ?? 0) > most && (
        <PlaceLink to="/runs" size="sm" mt="sm" display="inline-block">
          All runs
        </PlaceLink>
      )}
    </>
  );
}
