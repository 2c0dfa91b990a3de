import { Card, Group, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { providersQuery } from '../providers/queries.ts';
import { Page } from '../shell/page.tsx';
import { StateFilter } from '../shell/state-filter.tsx';
import { KINDS, STATES, type RunFilter } from './queries.ts';
import { RunsTable } from './runs-table.tsx';

/** Every run there was; the filter is in the address. */
export function RunsScreen(): ReactNode {
  const search = useSearch({ from: '/inside/runs' });
  const navigate = useNavigate({ from: '/runs' });
  const { data: providers } = useQuery(providersQuery);
  const set = (change: RunFilter): void => void navigate({ search: { ...search, ...change }, replace: true });
  return (
    <Page title="Runs" lead="One pass over a provider, or one person, each.">
      <Group>
        <Select
          label="Provider"
          placeholder="Any"
          data={providers?.items.map(({ name }) => name) ?? []}
          value={search.provider ?? null}
          clearable
          clearButtonProps={{ 'aria-label': 'Any provider' }}
          onChange={(provider) => set({ provider: provider ?? undefined })}
        />
        <Select
          label="Kind"
          placeholder="Any"
          data={[...KINDS]}
          value={search.kind ?? null}
          clearable
          clearButtonProps={{ 'aria-label': 'Any kind' }}
          onChange={(kind) => set({ kind: kind ?? undefined })}
        />
        <StateFilter states={STATES} value={search.state} onChange={(state) => set({ state })} />
      </Group>
      <Card withBorder>
        <RunsTable filter={search} />
      </Card>
    </Page>
  );
}
