import { Group } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ProviderFilter } from '../providers/provider-filter.tsx';
import { StateFilter } from '../shell/state-filter.tsx';
import { StretchFilter } from '../shell/stretch-filter.tsx';
import { STATES, type EmailSearch } from './queries.ts';

/** Which e-mails are listed; in the address, so that it can be handed on. */
export function EmailFilters({ search }: { readonly search: EmailSearch }): ReactNode {
  const navigate = useNavigate({ from: '/mail' });
  const set = (change: EmailSearch): void =>
    void navigate({ search: { ...search, ...change }, replace: true });
  return (
    <Group align="flex-end">
      <ProviderFilter value={search.provider} onChange={(provider) => set({ provider })} />
      <StateFilter states={STATES} value={search.state} onChange={(state) => set({ state })} />
      <StretchFilter value={search} onChange={set} />
    </Group>
  );
}
