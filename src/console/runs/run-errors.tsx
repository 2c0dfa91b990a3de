import { Badge, Button, Group, Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useMay } from '../session/use-may.ts';
import { DownloadMenu } from '../shell/download-menu.tsx';
import { Moment } from '../shell/moment.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import type { Column } from '../shell/record-table.tsx';
import { tellDone, tellProblem } from '../shell/tell.ts';
import {
  errorsQuery,
  isOver,
  outcomesQuery,
  replayRun,
  requestRun,
  runQuery,
  type Run,
  type RunError,
} from './queries.ts';

export interface RunErrorsProps {
  readonly run: Run;
  /** Whether those are shown too that have been mended. */
  readonly mended: boolean;
  readonly showMended: (shown: boolean) => void;
}

/** The records that a run could not use, and why; once the cause is mended they are tried again, one or all. */
export function RunErrors({ run, mended, showMended }: RunErrorsProps): ReactNode {
  const { data } = useQuery(outcomesQuery(run.id));
  const { again, isAgain } = useTryingAgain(run);
  const mayRetry = useMay('support');
  const open = data?.faults.some((fault) => fault.open > 0) === true;
  return (
    <>
      <Group mb="md" justify="space-between">
        <Group gap="xs">
          {data?.faults.map(({ code, open: count }) => (
            <Badge key={code} variant="default" tt="none">
              {code} · {count.toLocaleString('en')}
            </Badge>
          ))}
        </Group>
        <Group>
          <Switch
            label="Mended ones too"
            checked={mended}
            onChange={({ currentTarget }) => showMended(currentTarget.checked)}
          />
          <DownloadMenu
            path={`/exports/runs/${run.id}/errors`}
            filter={{ open: mended ? undefined : true }}
          />
          {open && mayRetry && isOver(run.state) && (
            <Button loading={isAgain} onClick={() => again(null)}>
              Try all again
            </Button>
          )}
        </Group>
      </Group>
      <PagedTable
        query={errorsQuery(run.id, mended ? undefined : true)}
        label="Records that cannot be used"
        columns={mayRetry ? [...COLUMNS, actions(isAgain || !isOver(run.state) ? null : again)] : COLUMNS}
        keyOf={(row) => row.id}
        empty={mended ? 'Every record could be used.' : 'No record is left that could not be used.'}
      />
    </>
  );
}

const COLUMNS: readonly Column<RunError>[] = [
  { title: 'Record', cell: ({ recordKey }) => <span className="mono">{recordKey}</span> },
  { title: 'Field', cell: ({ field }) => field },
  { title: 'Reason', cell: ({ message }) => message },
  { title: 'Code', cell: ({ code }) => <span className="mono">{code}</span> },
  { title: 'Mended', cell: ({ resolvedAt }) => <Moment at={resolvedAt} /> },
];

function actions(again: ((recordKey: string) => void) | null): Column<RunError> {
  return {
    title: 'Actions',
    cell: ({ recordKey, resolvedAt }) =>
      resolvedAt === null && (
        <Button
          size="xs"
          variant="default"
          disabled={again === null}
          aria-label={`Try again: record ${recordKey}`}
          onClick={() => again?.(recordKey)}
        >
          Try again
        </Button>
      ),
  };
}

const LOOK_MS = 1_000;

/** Asks for a run over one record, or all of the faulty ones, and says what came of it once it is over. */
function useTryingAgain(run: Run): {
  readonly again: (recordKey: string | null) => void;
  readonly isAgain: boolean;
} {
  const queries = useQueryClient();
  const [asked, setAsked] = useState<string | null>(null);
  const asking = useMutation({
    mutationFn: async (recordKey: string | null) =>
      recordKey === null
        ? await replayRun(run.id)
        : await requestRun({ provider: run.provider, kind: 'record', recordKey }),
    onSuccess: ({ runId }) => setAsked(runId),
    onError: tellProblem,
  });
  const { data: second } = useQuery({
    ...runQuery(asked ?? ''),
    enabled: asked !== null,
    refetchInterval: LOOK_MS,
  });
  useEffect(() => {
    if (asked === null || second?.id !== asked || !isOver(second.state)) return;
    const failed = second.counters.errors ?? 0;
    tellDone(failed === 0 ? 'Done: it can be used now.' : `${String(failed)} still cannot be used.`);
    setAsked(null);
    void queries.invalidateQueries({ queryKey: ['runs', run.id] });
  }, [asked, second, queries, run.id]);
  return { again: (recordKey) => asking.mutate(recordKey), isAgain: asking.isPending || asked !== null };
}
