import { Checkbox, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { providersQuery } from '../providers/queries.ts';
import { invitationLabel } from './invitation-badge.tsx';
import { INVITATIONS, type PeopleFilter } from './people-filter.ts';

const TYPING_MS = 250;

interface FiltersProps {
  readonly search: PeopleFilter;
  /** After the filter has changed. */
  readonly onChange: () => void;
}

type Set = (change: PeopleFilter) => void;

export function PeopleFilters({ search, onChange }: FiltersProps): ReactNode {
  const navigate = useNavigate({ from: '/people' });
  const set: Set = (change) => {
    const all = Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined);
    void navigate({ search: Object.fromEntries(all), replace: true });
    onChange();
  };
  return (
    <Group align="flex-end" gap="sm">
      <Search search={search} set={set} />
      <Selects search={search} set={set} />
      <Flags search={search} set={set} />
    </Group>
  );
}

interface PartProps {
  readonly search: PeopleFilter;
  readonly set: Set;
}

function Search({ search, set }: PartProps): ReactNode {
  const [by, setBy] = useState<'text' | 'recordKey'>(search.recordKey === undefined ? 'text' : 'recordKey');
  const put = (kind: 'text' | 'recordKey', typed: string): void => {
    const value = typed.trim() === '' ? undefined : typed;
    set(kind === 'text' ? { text: value, recordKey: undefined } : { recordKey: value, text: undefined });
  };
  const type = useDebouncedCallback((typed: string) => put(by, typed), TYPING_MS);
  const [typed, setTyped] = useState(search.text ?? search.recordKey ?? '');
  return (
    <Group gap={4} align="flex-end" wrap="nowrap">
      <TextInput
        label="Search"
        type="search"
        data-search
        placeholder={by === 'text' ? 'Name, username, address' : 'Key of a record'}
        value={typed}
        leftSection={<IconSearch size={16} aria-hidden />}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          type(currentTarget.value);
        }}
        w={{ base: 200, xs: 230 }}
      />
      <Select
        aria-label="Look among"
        data={[
          { value: 'text', label: 'names' },
          { value: 'recordKey', label: 'record keys' },
        ]}
        value={by}
        allowDeselect={false}
        w={124}
        onChange={(kind) => {
          const chosen = kind === 'recordKey' ? 'recordKey' : 'text';
          setBy(chosen);
          put(chosen, typed);
        }}
      />
    </Group>
  );
}

function Selects({ search, set }: PartProps): ReactNode {
  const { data: providers } = useQuery(providersQuery);
  return (
    <>
      <Select
        label="Provider"
        data={providers?.items.map(({ name }) => name) ?? []}
        value={search.provider ?? null}
        clearable
        clearButtonProps={{ 'aria-label': 'Any provider' }}
        placeholder="Any"
        w={170}
        onChange={(provider) => set({ provider: provider ?? undefined })}
      />
      <Select
        label="State"
        data={['active', 'disabled']}
        value={search.state ?? null}
        clearable
        clearButtonProps={{ 'aria-label': 'Any state' }}
        placeholder="Any"
        w={130}
        onChange={(state) => set({ state: state === 'active' || state === 'disabled' ? state : undefined })}
      />
      <Select
        label="Invitation"
        data={INVITATIONS.map((value) => ({ value, label: invitationLabel(value) }))}
        value={search.invitation ?? null}
        clearable
        clearButtonProps={{ 'aria-label': 'Any invitation' }}
        placeholder="Any"
        w={190}
        onChange={(chosen) => set({ invitation: INVITATIONS.find((name) => name === chosen) })}
      />
    </>
  );
}

function Flags({ search, set }: PartProps): ReactNode {
  return (
    <Group pb={8} gap="md">
      <Checkbox
        label="Reset forced"
        checked={search.forceReset === true}
        onChange={({ currentTarget }) => set({ forceReset: currentTarget.checked || undefined })}
      />
      <Checkbox
        label="Waits for a first password"
        checked={search.preRegistration === true}
        onChange={({ currentTarget }) => set({ preRegistration: currentTarget.checked || undefined })}
      />
      <Checkbox
        label="Mail does not reach them"
        checked={search.undeliverable === true}
        onChange={({ currentTarget }) => set({ undeliverable: currentTarget.checked || undefined })}
      />
    </Group>
  );
}
