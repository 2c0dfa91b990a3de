import { Button, Group, Text } from '@mantine/core';
import { IconReload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { CopyCommand } from '../shell/copy-command.tsx';
import { RecordTable, type Column } from '../shell/record-table.tsx';
import { StateBadge } from '../shell/state-badge.tsx';
import { checksQuery, type Diagnoses } from './queries.ts';

const COLUMNS: readonly Column<Diagnoses['items'][number]>[] = [
  { title: 'What', cell: ({ name }) => name },
  { title: 'State', cell: ({ state }) => <StateBadge state={state} /> },
  { title: 'Found', cell: ({ detail }) => detail },
  { title: 'What to do', cell: ({ remedy }) => remedy },
];

/** Everything the installation stands on, looked at now. */
export function HealthChecks(): ReactNode {
  const { data, error, isFetching, refetch } = useQuery(checksQuery);
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Text size="sm">Store, key, queues, mail, clock, work and providers, looked at by this server.</Text>
        <Group>
          <CopyCommand command="doctor" />
          <Button
            variant="default"
            leftSection={<IconReload size={18} aria-hidden />}
            loading={isFetching}
            onClick={() => void refetch()}
          >
            Look again
          </Button>
        </Group>
      </Group>
      <RecordTable
        label="Health checks"
        columns={COLUMNS}
        rows={data?.items}
        keyOf={({ name }) => name}
        error={error}
        empty="There was nothing to look at."
      />
    </>
  );
}
