import { Card, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { healthOf, providersQuery, type Provider } from '../providers/queries.ts';
import { Moment } from '../shell/moment.tsx';
import { PlaceLink } from '../shell/place-link.tsx';
import { StateBadge } from '../shell/state-badge.tsx';

/** One card for each provider. */
export function ProviderHealth(): ReactNode {
  const { data } = useQuery(providersQuery);
  if (data === undefined) return <Skeleton h={110} />;
  if (data.items.length === 0) return <NoProvider />;
  return data.items.map((provider) => <HealthCard key={provider.name} provider={provider} />);
}

function NoProvider(): ReactNode {
  return (
    <Text c="dimmed">
      No database is registered yet. Begin under <PlaceLink to="/providers">Providers</PlaceLink>.
    </Text>
  );
}

function HealthCard({ provider }: { readonly provider: Provider }): ReactNode {
  const { name, connector, profiles, lastRun, lastError } = provider;
  return (
    <Card withBorder>
      <Stack gap={4}>
        <Group justify="space-between">
          <PlaceLink to="/providers/$name" params={{ name }} fw={600}>
            {name}
          </PlaceLink>
          <StateBadge state={healthOf(provider)} />
        </Group>
        <Text size="sm" c="dimmed">
          {connector}
        </Text>
        <Text fz="xl" fw={700}>
          {profiles.enabled.toLocaleString('en')}{' '}
          <Text span size="sm" c="dimmed" fw={400}>
            of {profiles.linked.toLocaleString('en')} people enabled
          </Text>
        </Text>
        <Text size="sm" component="div">
          {lastRun === null ? (
            'No run yet'
          ) : (
            <>
              <PlaceLink to="/runs/$id" params={{ id: lastRun.id }}>
                {lastRun.kind} run
              </PlaceLink>{' '}
              {lastRun.state} <Moment at={lastRun.finishedAt ?? lastRun.createdAt} />
            </>
          )}
        </Text>
        {lastError !== null && (
          <Text size="sm" lineClamp={2}>
            {lastError}
          </Text>
        )}
      </Stack>
    </Card>
  );
}
