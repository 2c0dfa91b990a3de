import { Button, Card, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { meQuery } from '../session/queries.ts';
import { CopyCommand } from '../shell/copy-command.tsx';
import { Moment } from '../shell/moment.tsx';
import { Page } from '../shell/page.tsx';
import { RecordTable, type Column } from '../shell/record-table.tsx';
import { StateBadge } from '../shell/state-badge.tsx';
import { healthOf, providersQuery, type Provider } from './queries.ts';
import { PlaceLink } from '../shell/place-link.tsx';

const COLUMNS: readonly Column<Provider>[] = [
  {
    title: 'Name',
    cell: ({ name }) => (
      <PlaceLink to="/providers/$name" params={{ name: name }}>
        {name}
      </PlaceLink>
    ),
  },
  { title: 'Connector', cell: ({ connector }) => connector },
  { title: 'Health', cell: (provider) => <StateBadge state={healthOf(provider)} /> },
  { title: 'People', numeric: true, cell: ({ profiles }) => profiles.linked.toLocaleString('en') },
  { title: 'Gone', numeric: true, cell: ({ profiles }) => profiles.gone.toLocaleString('en') },
  {
    title: 'Last run',
    cell: ({ lastRun }) =>
      lastRun === null ? (
        'never'
      ) : (
        <PlaceLink to="/runs/$id" params={{ id: lastRun.id }}>
          {lastRun.kind}, {lastRun.state}
        </PlaceLink>
      ),
  },
  { title: 'When', cell: ({ lastRun }) => <Moment at={lastRun?.createdAt ?? null} /> },
];

/** Every registered database. */
export function ProvidersScreen(): ReactNode {
  const { data, error } = useQuery(providersQuery);
  return (
    <Page
      title="Providers"
      lead="The customers’ own databases that profiles are kept in step with."
      actions={<RegisterButton />}
    >
      <Card withBorder>
        <RecordTable
          label="Providers"
          columns={COLUMNS}
          rows={data?.items}
          keyOf={({ name }) => name}
          error={error}
          empty={<NoProvider />}
        />
      </Card>
    </Page>
  );
}

function RegisterButton(): ReactNode {
  const { data: me } = useSuspenseQuery(meQuery);
  if (me?.role !== 'admin') return null;
  return (
    <Button component={Link} to="/register" leftSection={<IconPlus size={18} aria-hidden />}>
      Register a provider
    </Button>
  );
}

function NoProvider(): ReactNode {
  return (
    <Stack align="center">
      <Text>
        No database is registered yet. It takes a few minutes, and nothing is written to the database.
      </Text>
      <RegisterButton />
      <CopyCommand command="provider apply -f acme.yaml" />
    </Stack>
  );
}
