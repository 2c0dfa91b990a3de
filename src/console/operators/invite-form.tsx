import { Button, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { OneTimeLink } from './one-time-link.tsx';
import { inviteOperator, operatorsQuery, type Role } from './queries.ts';

const ROLES = [
  { value: 'viewer', label: 'viewer: looks' },
  { value: 'support', label: 'support: helps people' },
  { value: 'admin', label: 'admin: registers providers, settles held runs' },
];

/** Name and role of somebody new; answers with the link to hand to them. */
export function InviteForm(): ReactNode {
  const queries = useQueryClient();
  const form = useForm<{ name: string; role: Role }>({ initialValues: { name: '', role: 'support' } });
  const inviting = useMutation({
    mutationFn: inviteOperator,
    onSuccess: async () => await queries.invalidateQueries({ queryKey: operatorsQuery.queryKey }),
  });
  if (inviting.data !== undefined) return <OneTimeLink invited={inviting.data} />;
  return (
    <form onSubmit={form.onSubmit((values) => inviting.mutate(values))}>
      <Stack>
        <ProblemAlert error={inviting.error} />
        <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
        <Select
          label="Role"
          data={ROLES}
          allowDeselect={false}
          comboboxProps={{ withinPortal: true }}
          {...form.getInputProps('role')}
        />
        <Button type="submit" loading={inviting.isPending}>
          Make the invitation
        </Button>
      </Stack>
    </form>
  );
}
