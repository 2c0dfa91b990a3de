import { Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { changePassword } from './queries.ts';

/** Changes the password of whoever is signed in; every other session ends. */
export function OwnPassword({ name }: { readonly name: string }): ReactNode {
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { current: '', password: '', again: '' },
    validate: { again: (again, { password }) => (again === password ? null : 'The two are not the same.') },
  });
  const changing = useMutation({
    mutationFn: async ({ current, password }: typeof form.values) =>
      await changePassword({ current, password }),
    onSuccess: async () => {
      form.reset();
      notifications.show({ message: 'Your password was changed. Your other sessions have ended.' });
      await queries.invalidateQueries({ queryKey: ['me'] });
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => changing.mutate(values))}>
      <Stack gap="sm">
        <ProblemAlert error={changing.error} />
        {/* Password managers need to know whose password this is. */}
        <input type="hidden" name="username" autoComplete="username" value={name} readOnly />
        <PasswordInput
          label="Present password"
          autoComplete="current-password"
          required
          {...form.getInputProps('current')}
        />
        <PasswordInput
          label="New password"
          autoComplete="new-password"
          required
          {...form.getInputProps('password')}
        />
        <PasswordInput
          label="New password again"
          autoComplete="new-password"
          required
          {...form.getInputProps('again')}
        />
        <Button type="submit" loading={changing.isPending}>
          Change password
        </Button>
      </Stack>
    </form>
  );
}
