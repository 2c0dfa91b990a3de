import { Alert, List, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { emailsQuery } from '../mail/queries.ts';
import { providersQuery } from '../providers/queries.ts';
import { runsQuery } from '../runs/queries.ts';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { writeBacksQuery } from '../passwords/queries.ts';
import { PlaceLink } from '../shell/place-link.tsx';

/** How many there are, as far as the first page tells. */
function countOf(list: {
  readonly data?:
    { readonly pages: readonly { items: readonly unknown[]; next: string | null }[] } | undefined;
}): {
  readonly count: number;
  readonly text: string;
} {
  const first = list.data?.pages[0];
  const count = first?.items.length ?? 0;
  return { count, text: first?.next == null ? String(count) : `more than ${String(count)}` };
}

/** Everything that waits for a person: held runs, failing providers, mail that cannot be delivered, write-backs that are stuck. */
export function NeedsHuman(): ReactNode {
  const held = useInfiniteQuery(runsQuery({ state: 'held' }));
  const providers = useQuery(providersQuery);
  const undeliverable = useInfiniteQuery(emailsQuery('undeliverable'));
  const failed = useInfiniteQuery(writeBacksQuery('failed'));
  const conflicts = useInfiniteQuery(writeBacksQuery('conflict'));
  const all = [held, providers, undeliverable, failed, conflicts];
  const problem = all.find(({ error }) => error !== null)?.error;
  if (problem !== undefined) return <ProblemAlert error={problem} title="The overview cannot be shown" />;
  if (all.some(({ data }) => data === undefined)) return <Skeleton h={96} />;
  const heldRuns = held.data?.pages[0]?.items ?? [];
  const failing = providers.data?.items.filter(({ lastErrorCode }) => lastErrorCode !== null) ?? [];
  const lines = [
    ...heldRuns.map((run) => (
      <List.Item key={run.id}>
        <PlaceLink to="/runs/$id" params={{ id: run.id }}>
          A run of {run.provider} is held by a safeguard
        </PlaceLink>
      </List.Item>
    )),
    ...failing.map(({ name, lastError }) => (
      <List.Item key={name}>
        <PlaceLink to="/providers/$name" params={{ name }}>
          {name} fails: {lastError}
        </PlaceLink>
      </List.Item>
    )),
    ...stuckLines({
      undeliverable: countOf(undeliverable),
      failed: countOf(failed),
      conflicts: countOf(conflicts),
    }),
  ];
  return lines.length === 0 ? <AllWell /> : <Waiting lines={lines} />;
}

type Count = ReturnType<typeof countOf>;

function stuckLines(
  counts: Readonly<Record<'undeliverable' | 'failed' | 'conflicts', Count>>,
): readonly ReactNode[] {
  const { undeliverable, failed, conflicts } = counts;
  return [
    undeliverable.count > 0 && (
      <List.Item key="undeliverable">
        <PlaceLink to="/mail" search={{ state: 'undeliverable' }}>
          {undeliverable.text} e-mails cannot be delivered
        </PlaceLink>
      </List.Item>
    ),
    failed.count > 0 && (
      <List.Item key="failed">
        <PlaceLink to="/write-backs" search={{ state: 'failed' }}>
          {failed.text} passwords could not be carried back
        </PlaceLink>
      </List.Item>
    ),
    conflicts.count > 0 && (
      <List.Item key="conflicts">
        <PlaceLink to="/write-backs" search={{ state: 'conflict' }}>
          {conflicts.text} passwords changed at both sides
        </PlaceLink>
      </List.Item>
    ),
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
      <List>{lines}</List>
    </Alert>
  );
}
