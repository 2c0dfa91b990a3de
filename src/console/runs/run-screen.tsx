import { Alert, Button, Card, List, Skeleton, Tabs, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { causeText } from '../shell/cause-text.ts';
import { CopyCommand } from '../shell/copy-command.tsx';
import { Moment } from '../shell/moment.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { StateBadge } from '../shell/state-badge.tsx';
import { DecideRun } from './decide-run.tsx';
import { useLiveRuns } from './follow-runs.ts';
import { isOver, replayRun, runQuery, type Run } from './queries.ts';
import { RunErrors } from './run-errors.tsx';
import { RunProgress } from './run-progress.tsx';
import { RunRecords } from './run-records.tsx';

/** One run: how far it is, what it planned or did record by record, what it could not use, and what there is to decide. */
export function RunScreen(): ReactNode {
  const { id } = useParams({ from: '/inside/runs/$id' });
  const { data: run, error } = useQuery(runQuery(id));
  useLiveRuns(id, run !== undefined && !isOver(run.state));
  if (run === undefined) return error === null ? <Skeleton h={240} /> : <ProblemAlert error={error} />;
  return (
    <Page
      title={`${run.dryRun ? 'Dry' : 'A'} ${run.kind} run of ${run.provider}`.replace('A ', '')}
      lead={<Lead run={run} />}
      actions={<Actions run={run} />}
    >
      {run.state === 'held' && <Held run={run} />}
      {run.error !== null && (
        <Alert color="red" title={run.error}>
          {run.errorCode}
        </Alert>
      )}
      <Card withBorder>
        <RunProgress run={run} />
      </Card>
      <Card withBorder>
        <Tabs defaultValue="records" keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="records">Records</Tabs.Tab>
            <Tabs.Tab value="errors">Cannot be used ({run.counters.errors ?? 0})</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="records" pt="md">
            <RunRecords run={run} />
          </Tabs.Panel>
          <Tabs.Panel value="errors" pt="md">
            <RunErrors id={run.id} />
          </Tabs.Panel>
        </Tabs>
      </Card>
    </Page>
  );
}

function Lead({ run }: { readonly run: Run }): ReactNode {
  return (
    <>
      <StateBadge state={run.state} /> asked for by {causeText(run.cause)} <Moment at={run.createdAt} />
      {run.finishedAt !== null && (
        <>
          , finished <Moment at={run.finishedAt} />
        </>
      )}
      {run.decidedBy !== null && <>, decided by {run.decidedBy}</>}
    </>
  );
}

function Actions({ run }: { readonly run: Run }): ReactNode {
  const navigate = useNavigate();
  const replaying = useMutation({
    mutationFn: async () => await replayRun(run.id),
    onSuccess: async ({ runId }) => await navigate({ to: '/runs/$id', params: { id: runId } }),
  });
  return (
    <>
      <CopyCommand command={`run show ${run.id}`} />
      {(run.counters.errors ?? 0) > 0 && isOver(run.state) && (
        <Button variant="default" loading={replaying.isPending} onClick={() => replaying.mutate()}>
          Try the errors again
        </Button>
      )}
    </>
  );
}

function Held({ run }: { readonly run: Run }): ReactNode {
  return (
    <Alert color="orange" title="A safeguard holds this run: nothing of its plan has been done" role="alert">
      <List size="sm" mb="sm">
        {(run.heldReasons ?? []).map(({ safeguard, message }) => (
          <List.Item key={safeguard}>{message}</List.Item>
        ))}
      </List>
      <Text size="sm" mb="sm">
        Look at the records below. Approve to let it do exactly this plan; reject to leave everybody as they
        are.
      </Text>
      <DecideRun run={run} />
    </Alert>
  );
}
