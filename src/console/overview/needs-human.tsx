import { Alert, List, Skeleton, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { providersQuery, type Provider } from '../providers/queries.ts';
import { runsQuery, type Run } from '../runs/queries.ts';
import { Moment } from '../shell/moment.tsx';
import { PlaceLink } from '../shell/place-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { overviewQuery, type Overview, type Span } from './queries.ts';

/** Work that could be done and has waited for so long is not being done. */
const IDLE_SECONDS = 300;

/** Everything that goes on only when a person does something, the most urgent first. */
export function NeedsHuman({ span }: { readonly span: Span }): ReactNode {
  const held = useInfiniteQuery(runsQuery({ state: 'held' }));
  const providers = useQuery(providersQuery);
  const overview = useQuery(overviewQuery(span));
  const all = [held, providers, overview];
  const problem = all.find(({ error, data }) => error !== null && data === undefined)?.error;
  if (problem !== undefined) return <ProblemAlert error={problem} title="The overview cannot be shown" />;
  if (held.data === undefined || providers.data === undefined || overview.data === undefined)
    return <Skeleton h={96} />;
  const lines = [
    ...(held.data.pages[0]?.items ?? []).map((run) => <HeldRun key={run.id} run={run} />),
    ...providers.data.items.filter(isFailing).map((one) => <Failing key={one.name} provider={one} />),
    ...stuckLines(overview.data),
  ];
  return lines.length === 0 ? <AllWell /> : <Waiting lines={lines} />;
}

function isFailing({ lastErrorCode, pausedAt }: Provider): boolean {
  return lastErrorCode !== null && pausedAt === null;
}

function HeldRun({ run }: { readonly run: Run }): ReactNode {
  return (
    <List.Item>
      <PlaceLink c="bright" to="/runs/$id" params={{ id: run.id }}>
        A run of {run.provider} is held by a safeguard
      </PlaceLink>
      <Text size="sm" component="div">
        {run.heldReasons?.[0]?.message} · <Moment at={run.startedAt ?? run.createdAt} />
      </Text>
    </List.Item>
  );
}

function Failing({ provider }: { readonly provider: Provider }): ReactNode {
  const { name, lastError, lastErrorAt } = provider;
  return (
    <List.Item>
      <PlaceLink c="bright" to="/providers/$name" params={{ name }}>
        {name} fails
      </PlaceLink>
      <Text size="sm" component="div">
        {lastError} · <Moment at={lastErrorAt} />
      </Text>
    </List.Item>
  );
}

function stuckLines({ needs, mostCounted }: Overview): readonly ReactNode[] {
  const count = (value: number): string =>
    value > mostCounted ? `More than ${mostCounted.toLocaleString('en')}` : value.toLocaleString('en');
  const { undeliverable, stuckWriteBacks, abandonedRuns, oldestWorkSeconds, faulty } = needs;
  return [
    oldestWorkSeconds > IDLE_SECONDS && (
      <List.Item key="idle">
        <PlaceLink c="bright" to="/work" search={{ state: 'pending' }}>
          Work waits, and nobody does it
        </PlaceLink>
        <Text size="sm">For {Math.round(oldestWorkSeconds / 60)} minutes. Is a worker running?</Text>
      </List.Item>
    ),
    abandonedRuns > 0 && (
      <List.Item key="runs">
        <PlaceLink c="bright" to="/work" search={{ kind: 'run' }}>
          {count(abandonedRuns)} {abandonedRuns === 1 ? 'run was' : 'runs were'} given up
        </PlaceLink>
      </List.Item>
    ),
    stuckWriteBacks > 0 && (
      <List.Item key="write-backs">
        <PlaceLink c="bright" to="/write-backs" search={{ state: 'failed' }}>
          {count(stuckWriteBacks)} {stuckWriteBacks === 1 ? 'password' : 'passwords'} could not be carried
          back
        </PlaceLink>
      </List.Item>
    ),
    undeliverable > 0 && (
      <List.Item key="mail">
        <PlaceLink c="bright" to="/mail" search={{ state: 'undeliverable' }}>
          {count(undeliverable)} {undeliverable === 1 ? 'person is' : 'people are'} not reached by e-mail
        </PlaceLink>
      </List.Item>
    ),
    ...faulty.map(({ provider, runId, records }) => (
      <List.Item key={provider}>
        <PlaceLink c="bright" to="/runs/$id" params={{ id: runId }} search={{ tab: 'errors' }}>
          {count(records)} {records === 1 ? 'record' : 'records'} of {provider} cannot be used
        </PlaceLink>
      </List.Item>
    )),
  ].filter((line) => line !== false);
}

function AllWell(): ReactNode {
  return (
    <Alert color="green" icon={<IconCircleCheck aria-hidden />} title="Nothing waits for you">
      No run is held, every provider answers, and no mail or password is stuck.
    </Alert>
  );
}

function Waiting({ lines }: { readonly lines: readonly ReactNode[] }): ReactNode {
  return (
    <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title="This needs somebody">
      <List spacing="xs">{lines}</List>
    </Alert>
  );
}
