import { Card } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from '../shell/page.tsx';
import { StateFilter } from '../shell/state-filter.tsx';
import type { Run } from './queries.ts';
import { RunsTable } from './runs-table.tsx';

const STATES: readonly Run['state'][] = ['held', 'applying', 'failed', 'done'];

/** Every run there was; the filter is in the address. */
export function RunsScreen(): ReactNode {
  const search = useSearch({ from: '/inside/runs' });
  const navigate = useNavigate({ from: '/runs' });
  return (
    <Page title="Runs" lead="One pass over a provider, or one person, each.">
      <StateFilter
        states={STATES}
        value={search.state}
        onChange={(chosen) => void navigate({ search: chosen === undefined ? {} : { state: chosen } })}
      />
      <Card withBorder>
        <RunsTable filter={search} />
      </Card>
    </Page>
  );
}
