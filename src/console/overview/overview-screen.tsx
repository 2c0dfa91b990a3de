import { Card, SimpleGrid, Title } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { RunsTable } from '../runs/runs-table.tsx';
import { Page } from '../shell/page.tsx';
import { Activity } from './activity.tsx';
import { Invitations } from './invitations.tsx';
import { NeedsHuman } from './needs-human.tsx';
import { ProviderHealth } from './provider-health.tsx';

/** What needs a human first, then how the providers are and how far invitations, then what has been going on. */
export function OverviewScreen(): ReactNode {
  const { span = 'week' } = useSearch({ from: '/inside/' });
  return (
    <Page title="Overview">
      <NeedsHuman span={span} />
      <section>
        <Title order={2} size="h4" mb="sm">
          Providers
        </Title>
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          <ProviderHealth />
        </SimpleGrid>
      </section>
      <Card withBorder component="section">
        <Title order={2} size="h4" mb="sm">
          Invitations
        </Title>
        <Invitations span={span} />
      </Card>
      <Card withBorder component="section">
        <Activity span={span} />
      </Card>
      <Card withBorder component="section">
        <Title order={2} size="h4" mb="sm">
          Latest runs
        </Title>
        <RunsTable filter={{}} most={LATEST} />
      </Card>
    </Page>
  );
}

const LATEST = 10;
