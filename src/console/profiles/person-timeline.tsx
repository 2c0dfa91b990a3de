import { Button, SegmentedControl, Skeleton, Stack, Text, Timeline } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { causeText } from '../shell/cause-text.ts';
import { FieldChanges, type FieldChange } from '../shell/field-changes.tsx';
import { Moment } from '../shell/moment.tsx';
import { PlaceLink } from '../shell/place-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { timelineQuery, type TimelineLine, type TimelineTopic } from './queries.ts';
import { detailText, titleOf } from './timeline-words.ts';

const TOPICS: readonly { readonly value: TimelineTopic | 'all'; readonly label: string }[] = [
  { value: 'all', label: 'Everything' },
  { value: 'mail', label: 'Mail' },
  { value: 'access', label: 'Sign-in' },
  { value: 'profile', label: 'Profile' },
  { value: 'write-back', label: 'Write-back' },
];

/** What happened to a person, newest first, some at a time. */
export function PersonTimeline({ who }: { readonly who: string }): ReactNode {
  const [topic, setTopic] = useState<TimelineTopic | 'all'>('all');
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    timelineQuery(who, topic === 'all' ? null : topic),
  );
  const lines = data?.pages.flatMap(({ items }) => items);
  return (
    <Stack>
      <SegmentedControl
        aria-label="What the timeline shows"
        transitionDuration={0}
        data={[...TOPICS]}
        value={topic}
        onChange={(value) => setTopic(TOPICS.find((one) => one.value === value)?.value ?? 'all')}
        style={{ alignSelf: 'flex-start', maxWidth: '100%', overflowX: 'auto' }}
      />
      <ProblemAlert error={error} />
      {lines === undefined && error === null && <Skeleton h={120} />}
      {lines?.length === 0 && <Text c="dimmed">Nothing of this kind has happened.</Text>}
      {lines !== undefined && lines.length > 0 && <Lines lines={lines} />}
      {hasNextPage && (
        <Button
          variant="default"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
          style={{ alignSelf: 'flex-start' }}
        >
          Show what was before
        </Button>
      )}
    </Stack>
  );
}

function Lines({ lines }: { readonly lines: readonly TimelineLine[] }): ReactNode {
  return (
    <Timeline bulletSize={14} lineWidth={2} aria-label="Timeline">
      {lines.map((line) => (
        <Timeline.Item key={line.id} title={titleOf(line)}>
          <Text size="sm" c="dimmed" component="div">
            <Moment at={line.at} />, by <Cause cause={line.cause} />
          </Text>
          <Detail detail={line.detail} />
        </Timeline.Item>
      ))}
    </Timeline>
  );
}

function Cause({ cause }: Pick<TimelineLine, 'cause'>): ReactNode {
  const { runId } = cause;
  if (cause.kind !== 'run' || typeof runId !== 'string') return causeText(cause);
  return (
    <PlaceLink to="/runs/$id" params={{ id: runId }}>
      a run
    </PlaceLink>
  );
}

function Detail({ detail }: Pick<TimelineLine, 'detail'>): ReactNode {
  const { changes } = detail;
  const text = detailText(detail);
  return (
    <>
      {typeof changes === 'object' && changes !== null && (
        <FieldChanges changes={changes as Readonly<Record<string, FieldChange>>} />
      )}
      {text !== '' && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {text}
        </Text>
      )}
    </>
  );
}
