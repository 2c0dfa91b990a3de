import { Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { DownloadMenu } from '../shell/download-menu.tsx';
import { FieldChanges } from '../shell/field-changes.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { PlaceLink } from '../shell/place-link.tsx';
import type { Column } from '../shell/record-table.tsx';
import { StateBadge } from '../shell/state-badge.tsx';
import {
  ACTIONS,
  outcomesQuery,
  RECORD_STATES,
  recordsQuery,
  type RecordFilter,
  type Run,
  type RunOutcomes,
  type RunRecord,
} from './queries.ts';

const COLUMNS: readonly Column<RunRecord>[] = [
  { title: 'Record', cell: ({ recordKey }) => <span className="mono">{recordKey}</span> },
  {
    title: 'Person',
    cell: ({ username, profileId }) =>
      profileId === null || username === null ? (
        '–'
      ) : (
        <PlaceLink to="/people/$who" params={{ who: profileId }}>
          {username}
        </PlaceLink>
      ),
  },
  { title: 'What', cell: ({ action }) => action },
  { title: 'State', cell: ({ state }) => <StateBadge state={state} /> },
  { title: 'Changes', cell: ({ changes, action }) => <FieldChanges changes={changes} action={action} /> },
];

export interface RunRecordsProps {
  readonly run: Run;
  readonly filter: RecordFilter;
  readonly narrow: (filter: RecordFilter) => void;
}

/** What a run planned, and what became of it, record by record. */
export function RunRecords({ run, filter, narrow }: RunRecordsProps): ReactNode {
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
  return (
    <>
      <Filters run={run} filter={filter} narrow={narrow} />
      <PagedTable
        query={recordsQuery(run.id, filter)}
        label="Records"
        columns={COLUMNS}
        keyOf={({ id }) => id}
        empty={isNarrowed ? 'No record is like that. Take a filter away.' : nothingPlanned(run)}
      />
    </>
  );
}

function nothingPlanned({ planned, state }: Run): string {
  if (!planned) return 'A first import is applied as it is read, without a plan.';
  return state === 'queued' || state === 'planning'
    ? 'Nothing has been planned yet.'
    : 'Nothing has to change.';
}

function Filters({ run, filter, narrow }: RunRecordsProps): ReactNode {
  const { data } = useQuery(outcomesQuery(run.id));
  const type = useDebouncedCallback(
    (recordKey: string) => narrow({ ...filter, recordKey: recordKey === '' ? undefined : recordKey }),
    TYPING_MS,
  );
  return (
    <Group align="flex-end" mb="md">
      <Select
        label="What"
        placeholder="Anything"
        clearable
        clearButtonProps={{ 'aria-label': 'Anything' }}
        data={ACTIONS.map((action) => ({ value: action, label: counted(action, data, 'action') }))}
        value={filter.action ?? null}
        onChange={(action) => narrow({ ...filter, action: action ?? undefined })}
      />
      <Select
        label="State"
        placeholder="Any"
        clearable
        clearButtonProps={{ 'aria-label': 'Any state' }}
        data={RECORD_STATES.map((state) => ({ value: state, label: counted(state, data, 'state') }))}
        value={filter.state ?? null}
        onChange={(state) => narrow({ ...filter, state: state ?? undefined })}
      />
      <TextInput
        label="Record"
        type="search"
        placeholder="Its whole key"
        defaultValue={filter.recordKey ?? ''}
        onChange={({ currentTarget }) => type(currentTarget.value)}
      />
      <DownloadMenu path={`/exports/runs/${run.id}/records`} filter={{ ...filter }} />
    </Group>
  );
}

const TYPING_MS = 250;

/** A word with how many there are of it. */
function counted(word: string, data: RunOutcomes | undefined, by: 'action' | 'state'): string {
  if (data === undefined) return word;
  const records = data.records
    .filter((count) => count[by] === word)
    .reduce((sum, each) => sum + each.records, 0);
  return `${word} (${records.toLocaleString('en')})`;
}
