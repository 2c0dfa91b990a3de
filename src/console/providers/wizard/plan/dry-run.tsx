import { Alert, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useLiveRuns } from '../../../runs/follow-runs.ts';
import { errorsQuery, isOver, runQuery, type RecordFilter, type RunError } from '../../../runs/queries.ts';
import { RunProgress } from '../../../runs/run-progress.tsx';
import { RunRecords } from '../../../runs/run-records.tsx';
import { PagedTable } from '../../../shell/paged-table.tsx';
import { ProblemAlert } from '../../../shell/problem-alert.tsx';
import type { Column } from '../../../shell/record-table.tsx';
import { StateBadge } from '../../../shell/state-badge.tsx';

export interface DryRunProps {
  readonly id: string;
  /** What can be done once there is a plan. */
  readonly children: ReactNode;
}

/** A dry run as it goes on, and its plan: record by record, field by field. */
export function DryRun({ id, children }: DryRunProps): ReactNode {
  const { data: run, error } = useQuery(runQuery(id));
  const [filter, setFilter] = useState<RecordFilter>({});
  const over = run !== undefined && isOver(run.state);
  useLiveRuns(id, run !== undefined && !over);
  if (run === undefined) return error === null ? <Skeleton h={160} /> : <ProblemAlert error={error} />;
  return (
    <Stack>
      <Text component="div">
        The dry run is <StateBadge state={run.state} />
      </Text>
      {run.error !== null && (
        <Alert color="red" title={run.error}>
          {run.errorCode}
        </Alert>
      )}
      <RunProgress run={run} />
      {over && (
        <>
          <Title order={3} size="h5">
            The plan
          </Title>
          <div className="plan" role="region" aria-label="The plan" tabIndex={0}>
            <RunRecords run={run} filter={filter} narrow={setFilter} />
          </div>
          {(run.counters.errors ?? 0) > 0 && (
            <>
              <Title order={3} size="h5">
                Records that cannot be used
              </Title>
              <Faults id={run.id} />
            </>
          )}
        </>
      )}
      {run.state === 'done' && children}
    </Stack>
  );
}

const FAULTS: readonly Column<RunError>[] = [
  { title: 'Record', cell: ({ recordKey }) => <span className="mono">{recordKey}</span> },
  { title: 'Field', cell: ({ field }) => field },
  { title: 'Reason', cell: ({ message }) => message },
  { title: 'Code', cell: ({ code }) => <span className="mono">{code}</span> },
];

/** Nothing can be tried again here: that would be done in earnest. */
function Faults({ id }: { readonly id: string }): ReactNode {
  return (
    <PagedTable
      query={errorsQuery(id, undefined)}
      label="Records that cannot be used"
      columns={FAULTS}
      keyOf={(row) => row.id}
      empty="Every record can be used."
    />
  );
}
