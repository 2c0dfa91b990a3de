import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { meQuery } from '../session/queries.ts';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { tellDone } from '../shell/tell.ts';
import { setOwnEmail } from './queries.ts';

/** Where test e-mails go. Nobody signs in with it. */
export function OwnEmail({ email }: { readonly email: string | null }): ReactNode {
  const queries = useQueryClient();
  const [typed, setTyped] = useState(email ?? '');
  const saving = useMutation({
    mutationFn: setOwnEmail,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: meQuery.queryKey });
      tellDone('Saved.');
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(typed.trim() === '' ? null : typed.trim());
      }}
    >
      <Stack>
        <Text size="sm">Tests of e-mail templates go here, and nothing else.</Text>
        <ProblemAlert error={saving.error} />
        <TextInput
          label="E-mail address"
          type="email"
          autoComplete="email"
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Group>
          <Button type="submit" variant="default" loading={saving.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
