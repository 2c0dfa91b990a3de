import { Alert, Code } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { RecordTable, type Column } from '../shell/record-table.tsx';
import { StateBadge } from '../shell/state-badge.tsx';
import { tracesQuery, type Trace } from './queries.ts';

const MEBIBYTE = 1_048_576;

function mebibytes(bytes: number | null): string {
  return bytes === null ? '–' : `${Math.round(bytes / MEBIBYTE).toLocaleString('en')} MiB`;
}

const COLUMNS: readonly Column<Trace>[] = [
  { title: 'Kind', cell: ({ kind }) => kind },
  { title: 'Name', cell: ({ name }) => <span className="mono">{name}</span> },
  { title: 'State', cell: ({ state }) => <StateBadge state={state} /> },
  { title: 'Kept for us', numeric: true, cell: ({ retainedBytes }) => mebibytes(retainedBytes) },
  { title: 'Limit', numeric: true, cell: ({ limitBytes }) => mebibytes(limitBytes) },
  {
    title: 'SQL',
    cell: ({ remedy }) => (
      <Code block style={{ whiteSpace: 'pre-wrap' }}>
        {remedy}
      </Code>
    ),
  },
];

/** What stands in the customer's database because of us. */
export function ProviderTraces({ name }: { readonly name: string }): ReactNode {
  const { data, error } = useQuery(tracesQuery(name));
  if (data?.failure != null)
    return (
      <Alert color="orange" title={data.failure.message}>
        {data.failure.code}
      </Alert>
    );
  return (
    <RecordTable
      label="At the source"
      columns={COLUMNS}
      rows={data?.traces}
      keyOf={({ kind, name: trace }) => `${kind} ${trace}`}
      error={error}
      empty="Nothing of ours stands in this database."
    />
  );
}
