import { Card, Group, Select } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ProviderFilter } from '../providers/provider-filter.tsx';
import { Page } from '../shell/page.tsx';
import { StateFilter } from '../shell/state-filter.tsx';
import { StretchFilter } from '../shell/stretch-filter.tsx';
import { KINDS, STATES, type RunFilter } from './queries.ts';
import { RunsTable } from './runs-table.tsx';

/** Every run there was; the filter is in the address. */
export function RunsScreen(): ReactNode {
  const search = useSearch({ from: '/inside/runs' });
  const navigate = useNavigate({ from: '/runs' });
  const set = (change: RunFilter): void => void navigate({ search: { ...search, ...change }, replace: true });
  return (
    <Page title="Runs" lead="One pass over a provider, or one person, each.">
      <Group align="flex-end">
        <ProviderFilter value={search.provider} onChange={(provider) => set({ provider })} />
        <Select
          label="Kind"
          placeholder="Any"
          data={[...KINDS]}
          value={search.kind ?? null}
          clearable
          clearButtonProps={{ 'aria-label': 'Any kind' }}
          w={130}
          onChange={(kind) => set({ kind: kind ?? undefined })}
        />
        <StateFilter states={STATES} value={search.state} onChange={(state) => set({ state })} />
        <StretchFilter value={search} onChange={set} />
      </Group>
      <Card withBorder>
        <RunsTable filter={search} />
      </Card>
    </Page>
  );
}
