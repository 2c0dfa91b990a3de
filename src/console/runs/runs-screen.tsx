import { Card, SegmentedControl } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from '../shell/page.tsx';
import type { Run } from './queries.ts';
import { RunsTable } from './runs-table.tsx';

const STATES = [
  { value: '', label: 'All' },
  { value: 'held', label: 'Held' },
  { value: 'applying', label: 'Applying' },
  { value: 'failed', label: 'Failed' },
  { value: 'done', label: 'Done' },
];

/** Every run there was; the filter is in the address. */
export function RunsScreen(): ReactNode {
  const search = useSearch({ from: '/inside/runs' });
  const navigate = useNavigate({ from: '/runs' });
  return (
    <Page title="Runs" lead="One pass over a provider, or one person, each.">
      <SegmentedControl
        data={STATES}
        value={search.state ?? ''}
        aria-label="State"
        onChange={(state) => void navigate({ search: state === '' ? {} : { state: state as Run['state'] } })}
        style={{ alignSelf: 'flex-start' }}
      />
      <Card withBorder>
        <RunsTable filter={search} />
      </Card>
    </Page>
  );
}
