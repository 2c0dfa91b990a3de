import { Alert, Card, List, Skeleton, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMay } from '../session/use-may.ts';
import { causeText } from '../shell/cause-text.ts';
import { CopyCommand } from '../shell/copy-command.tsx';
import { Moment } from '../shell/moment.tsx';
import { Page } from '../shell/page.tsx';
import { PlaceLink } from '../shell/place-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { StateBadge } from '../shell/state-badge.tsx';
import { DecideRun } from './decide-run.tsx';
import { useLiveRuns } from './follow-runs.ts';
import { isOver, runQuery, type Run, type RunView } from './queries.ts';
import { RunErrors } from './run-errors.tsx';
import { RunProgress } from './run-progress.tsx';
import { RunRecords } from './run-records.tsx';

/** One run: how far it is, what it planned or did record by record, what it could not use, and what there is to decide. */
export function RunScreen(): ReactNode {
  const { id } = useParams({ from: '/inside/runs/$id' });
  const { data: run, error } = useQuery(runQuery(id));
  useLiveRuns(id, run !== undefined && !isOver(run.state));
  if (run === undefined)
    return <Page title="Run">{error === null ? <Skeleton h={240} /> : <ProblemAlert error={error} />}</Page>;
  return (
    <Page title={titleOf(run)} lead={<Lead run={run} />} actions={<CopyCommand command={commandOf(run)} />}>
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
        <Details run={run} />
      </Card>
    </Page>
  );
}

function titleOf({ dryRun, kind, provider, recordKey }: Run): string {
  const what = recordKey === null ? `${kind} run` : `run of record ${recordKey}`;
  const title = `${dryRun ? 'dry ' : ''}${what} of ${provider}`;
  return title.charAt(0).toUpperCase() + title.slice(1);
}

function commandOf({ id, state }: Run): string {
  return `run ${state === 'held' ? 'records' : 'show'} ${id}`;
}

function Details({ run }: { readonly run: Run }): ReactNode {
  const view = useSearch({ from: '/inside/runs/$id' });
  const navigate = useNavigate({ from: '/runs/$id' });
  const show = (change: RunView): void =>
    void navigate({ search: { ...view, ...change }, replace: true, resetScroll: false });
  const { action, state, recordKey, tab = 'records', mended = false } = view;
  return (
    <Tabs
      value={tab}
      onChange={(chosen) => show({ tab: chosen === 'errors' ? 'errors' : undefined })}
      keepMounted={false}
    >
      <Tabs.List>
        <Tabs.Tab value="records">Records</Tabs.Tab>
        <Tabs.Tab value="errors">Cannot be used ({run.counters.errors ?? 0})</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="records" pt="md">
        <RunRecords run={run} filter={{ action, state, recordKey }} narrow={show} />
      </Tabs.Panel>
      <Tabs.Panel value="errors" pt="md">
        <RunErrors
          run={run}
          mended={mended}
          showMended={(shown) => show({ mended: shown ? true : undefined })}
        />
      </Tabs.Panel>
    </Tabs>
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
      {run.replayOf !== null && (
        <>
          {', '}tries again what{' '}
          <PlaceLink to="/runs/$id" params={{ id: run.replayOf }}>
            another run
          </PlaceLink>{' '}
          could not use
        </>
      )}
      {' · '}
      <PlaceLink to="/providers/$name" params={{ name: run.provider }}>
        {run.provider}
      </PlaceLink>
    </>
  );
}

function Held({ run }: { readonly run: Run }): ReactNode {
  const mayDecide = useMay('admin');
  return (
    <Alert color="orange" title="A safeguard holds this run: nothing of its plan has been done" role="alert">
      <List size="sm" mb="sm">
        {(run.heldReasons ?? []).map(({ safeguard, message }) => (
          <List.Item key={safeguard}>{message}</List.Item>
        ))}
      </List>
      <Text size="sm" mb={mayDecide ? 'sm' : 0}>
        {mayDecide
          ? 'Look at the records below. Approve to let it do exactly this plan; reject to leave everybody as they are.'
          : 'An admin looks at the records below, and approves or rejects exactly this plan.'}
      </Text>
      {mayDecide && <DecideRun run={run} />}
    </Alert>
  );
}
