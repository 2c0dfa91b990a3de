import { Group, SegmentedControl, Skeleton, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, type ReactNode } from 'react';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { overviewQuery, type Span } from './queries.ts';

/** Drawing takes more than everything else on the screen: it comes when the rest is there. */
const ActivityCharts = lazy(
  async () => await import('./activity-charts.tsx').then(({ ActivityCharts: it }) => ({ default: it })),
);

const HEIGHT = 560;

/** What has been going on, over time. */
export function Activity({ span }: { readonly span: Span }): ReactNode {
  const navigate = useNavigate({ from: '/' });
  const { data, error } = useQuery(overviewQuery(span));
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          Activity
        </Title>
        <SegmentedControl
          aria-label="How far back"
          value={span}
          onChange={(chosen) => void navigate({ search: { span: chosen }, replace: true })}
          data={[
            { value: 'day', label: '24 hours' },
            { value: 'week', label: '7 days' },
            { value: 'month', label: '30 days' },
          ]}
        />
      </Group>
      <ProblemAlert error={data === undefined ? error : null} />
      {data === undefined ? (
        error === null && <Skeleton h={HEIGHT} />
      ) : (
        <Suspense fallback={<Skeleton h={HEIGHT} />}>
          <ActivityCharts activity={data.activity} span={span} />
        </Suspense>
      )}
    </>
  );
}
