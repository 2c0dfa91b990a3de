import { Button, Group, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { StretchFilter } from '../shell/stretch-filter.tsx';
import type { AuditSearch } from './read-filter.ts';

const TYPING_MS = 300;

/** Who did what to whom, and when; in the address, so that it can be handed on. */
export function AuditFilters({ search }: { readonly search: AuditSearch }): ReactNode {
  const navigate = useNavigate({ from: '/audit' });
  const set = (change: AuditSearch): void =>
    void navigate({ search: { ...search, ...change }, replace: true });
  // Typed text stays while the list follows it; showing everything begins anew.
  const [begun, setBegun] = useState(0);
  const type = useDebouncedCallback(set, TYPING_MS);
  const field = (
    name: 'actor' | 'action' | 'subject',
  ): { defaultValue: string; onChange: (event: Typed) => void } => ({
    defaultValue: search[name] ?? '',
    onChange: ({ currentTarget: { value } }) => type({ [name]: value === '' ? undefined : value }),
  });
  return (
    <Group align="flex-end" key={begun}>
      <TextInput label="Who" placeholder="An operator, whole" data-search {...field('actor')} />
      <TextInput label="Did what" placeholder="provider or provider.apply" {...field('action')} />
      <TextInput label="To whom or what" placeholder="Whole" {...field('subject')} />
      <StretchFilter value={search} onChange={set} />
      {Object.values(search).some((value) => value !== undefined) && (
        <Button
          variant="subtle"
          onClick={() => {
            setBegun(begun + 1);
            void navigate({ search: {} });
          }}
        >
          Show everything
        </Button>
      )}
    </Group>
  );
}

interface Typed {
  readonly currentTarget: { readonly value: string };
}
