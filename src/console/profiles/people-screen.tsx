import { Button, Card, Checkbox, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { providersQuery } from '../providers/queries.ts';
import { Page } from '../shell/page.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import type { Column } from '../shell/record-table.tsx';
import { StateBadge } from '../shell/state-badge.tsx';
import { peopleQuery, type ListedPerson, type PeopleFilter } from './queries.ts';
import { PlaceLink } from '../shell/place-link.tsx';

const TYPING_MS = 250;

const COLUMNS: readonly Column<ListedPerson>[] = [
  {
    title: 'Username',
    cell: ({ id, username }) => (
      <PlaceLink to="/people/$who" params={{ who: id }}>
        {username}
      </PlaceLink>
    ),
  },
  { title: 'Name', cell: ({ displayName }) => displayName ?? '–' },
  { title: 'E-mail', cell: ({ email }) => email ?? '–' },
  { title: 'State', cell: ({ enabled }) => <StateBadge state={enabled ? 'active' : 'disabled'} /> },
  {
    title: 'Flags',
    cell: ({ forceReset, preRegistration }) =>
      [forceReset && 'force reset', preRegistration && 'pre-registration'].filter(Boolean).join(', ') || '–',
  },
  { title: 'Provider', cell: ({ provider }) => provider ?? 'none' },
  { title: 'Record', cell: ({ recordKey }) => <span className="mono">{recordKey ?? '–'}</span> },
];

/** People, found by the beginning of a name, a username or an address; the filters are in the address. */
export function PeopleScreen(): ReactNode {
  const search = useSearch({ from: '/inside/people' });
  return (
    <Page
      title="People"
      lead="Every profile, wherever it comes from."
      actions={
        <Button component="a" href="/api/v1/exports/profiles" variant="default">
          Download as CSV
        </Button>
      }
    >
      <Filters search={search} />
      <Card withBorder>
        <PagedTable
          query={peopleQuery(search)}
          label="People"
          columns={COLUMNS}
          keyOf={({ id }) => id}
          empty="Nobody is like that. Check the spelling, or take a filter away."
        />
      </Card>
    </Page>
  );
}

function Filters({ search }: { readonly search: PeopleFilter }): ReactNode {
  const navigate = useNavigate({ from: '/people' });
  const { data: providers } = useQuery(providersQuery);
  const set = (change: PeopleFilter): void =>
    void navigate({ search: { ...search, ...change }, replace: true });
  const type = useDebouncedCallback(
    (text: string) => set({ text: text === '' ? undefined : text }),
    TYPING_MS,
  );
  return (
    <Group align="flex-end">
      <TextInput
        label="Search"
        placeholder="Name, username, address"
        defaultValue={search.text ?? ''}
        leftSection={<IconSearch size={16} aria-hidden />}
        onChange={({ currentTarget }) => type(currentTarget.value)}
        w={280}
      />
      <Select
        label="Provider"
        data={providers?.items.map(({ name }) => name) ?? []}
        value={search.provider ?? null}
        clearable
        clearButtonProps={{ 'aria-label': 'Any provider' }}
        placeholder="Any"
        onChange={(provider) => set({ provider: provider ?? undefined })}
      />
      <Select
        label="State"
        data={['active', 'disabled']}
        value={search.state ?? null}
        clearable
        clearButtonProps={{ 'aria-label': 'Any state' }}
        placeholder="Any"
        onChange={(state) => set({ state: state ?? undefined })}
      />
      <FlagFilters search={search} set={set} />
    </Group>
  );
}

interface FlagFiltersProps {
  readonly search: PeopleFilter;
  readonly set: (change: PeopleFilter) => void;
}

function FlagFilters({ search, set }: FlagFiltersProps): ReactNode {
  return (
    <Group pb={8}>
      <Checkbox
        label="Force reset"
        checked={search.forceReset === true}
        onChange={({ currentTarget }) => set({ forceReset: currentTarget.checked || undefined })}
      />
      <Checkbox
        label="Pre-registration"
        checked={search.preRegistration === true}
        onChange={({ currentTarget }) => set({ preRegistration: currentTarget.checked || undefined })}
      />
      <Checkbox
        label="Mail cannot reach them"
        checked={search.undeliverable === true}
        onChange={({ currentTarget }) => set({ undeliverable: currentTarget.checked || undefined })}
      />
    </Group>
  );
}
