import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { OutsideCard } from './outside-card.tsx';
import { checkLink, setUp, signIn, type LinkPurpose } from './queries.ts';

/** Where a one-time link leads. The token stands after the #, which no server ever sees. */
export function SetUpScreen(): ReactNode {
  const [token] = useState(() => window.location.hash.slice(1));
  const link = useQuery({
    queryKey: ['link'],
    queryFn: async () => await checkLink(token),
    retry: false,
    enabled: token !== '',
  });
  if (token === '' || link.isError)
    return (
      <OutsideCard title="This link does not work" lead="It was used, is older than a day, or is incomplete.">
        <Text>
          For the first operator, start the server again: it prints a new link. Otherwise ask an admin for
          one.
        </Text>
      </OutsideCard>
    );
  if (link.data === undefined) return null;
  return <SetUpForm token={token} link={link.data} />;
}

function SetUpForm({ token, link }: { readonly token: string; readonly link: LinkPurpose }): ReactNode {
  const navigate = useNavigate();
  const first = link.purpose === 'first';
  const form = useForm({
    initialValues: { name: link.name ?? '', password: '', again: '' },
    validate: { again: (again, { password }) => (again === password ? null : 'The two are not the same.') },
  });
  const setting = useMutation({
    mutationFn: async ({ name, password }: typeof form.values) => {
      const made = await setUp({ token, password, ...(first && { name }) });
      await signIn({ name: made.name, password });
    },
    onSuccess: async () => {
      await navigate({ to: '/' });
    },
  });
  return (
    <OutsideCard
      title={first ? 'Set up the first operator' : 'Choose your password'}
      lead={first ? 'You will be an admin, and can invite others.' : `For ${link.name ?? 'your account'}.`}
    >
      <form onSubmit={form.onSubmit((values) => setting.mutate(values))}>
        <Stack>
          <ProblemAlert error={setting.error} />
          {first && (
            <TextInput label="Name" autoComplete="username" required {...form.getInputProps('name')} />
          )}
          <PasswordInput
            label="Password"
            description="15 characters at least; a few words are easier to remember than signs."
            autoComplete="new-password"
            required
            {...form.getInputProps('password')}
          />
          <PasswordInput
            label="The same again"
            autoComplete="new-password"
            required
            {...form.getInputProps('again')}
          />
          <Button type="submit" loading={setting.isPending}>
            {first ? 'Begin' : 'Set password'}
          </Button>
        </Stack>
      </form>
    </OutsideCard>
  );
}
