import { Card, SimpleGrid, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { RunsTable } from '../runs/runs-table.tsx';
import { Page } from '../shell/page.tsx';
import { NeedsHuman } from './needs-human.tsx';
import { ProviderHealth } from './provider-health.tsx';

/** What needs a human first, then how the providers are, then what has been going on. */
export function OverviewScreen(): ReactNode {
  return (
    <Page title="Overview">
      <NeedsHuman />
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
          Runs
        </Title>
        <RunsTable filter={{}} />
      </Card>
    </Page>
  );
}
