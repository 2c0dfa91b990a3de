import { Button, Code, CopyButton, Group, List, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { beginSecondFactor, confirmSecondFactor, removeSecondFactor } from './queries.ts';

/** Turning the second factor on, in three steps, or off. */
export function SecondFactor({ on }: { readonly on: boolean }): ReactNode {
  return on ? <TurnOff /> : <TurnOn />;
}

function TurnOn(): ReactNode {
  const beginning = useMutation({ mutationFn: beginSecondFactor });
  const form = useForm({ initialValues: { password: '' } });
  if (beginning.data !== undefined)
    return <Confirm secret={beginning.data.secret} uri={beginning.data.uri} />;
  return (
    <form onSubmit={form.onSubmit(({ password }) => beginning.mutate(password))}>
      <Stack gap="sm">
        <Text size="sm">Off. With it, a stolen password alone opens nothing.</Text>
        <ProblemAlert error={beginning.error} />
        <PasswordInput
          label="Your password"
          autoComplete="current-password"
          required
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={beginning.isPending}>
          Turn on
        </Button>
      </Stack>
    </form>
  );
}

function Confirm({ secret, uri }: { readonly secret: string; readonly uri: string }): ReactNode {
  const queries = useQueryClient();
  const confirming = useMutation({ mutationFn: confirmSecondFactor });
  const form = useForm({ initialValues: { code: '' } });
  if (confirming.data !== undefined)
    return (
      <RecoveryCodes
        codes={confirming.data.recoveryCodes}
        done={() => void queries.invalidateQueries({ queryKey: ['me'] })}
      />
    );
  return (
    <form onSubmit={form.onSubmit(({ code }) => confirming.mutate(code))}>
      <Stack gap="sm">
        <Text size="sm">
          Add this key to your authenticator, or <a href={uri}>open it on this device</a>; then type the code
          it shows.
        </Text>
        <Code block>{secret}</Code>
        <ProblemAlert error={confirming.error} />
        <TextInput
          label="Code"
          autoComplete="one-time-code"
          inputMode="numeric"
          required
          {...form.getInputProps('code')}
        />
        <Button type="submit" loading={confirming.isPending}>
          Confirm
        </Button>
      </Stack>
    </form>
  );
}

function RecoveryCodes({
  codes,
  done,
}: {
  readonly codes: readonly string[];
  readonly done: () => void;
}): ReactNode {
  return (
    <Stack gap="sm">
      <Text size="sm">
        It is on. Keep these codes somewhere safe: each lets you in once without your device. They are not
        shown again.
      </Text>
      <List listStyleType="none" className="mono">
        {codes.map((code) => (
          <List.Item key={code}>{code}</List.Item>
        ))}
      </List>
      <Group>
        <CopyButton value={codes.join('\n')}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        <Button onClick={done}>I have kept them</Button>
      </Group>
    </Stack>
  );
}

function TurnOff(): ReactNode {
  const queries = useQueryClient();
  const form = useForm({ initialValues: { password: '', code: '' } });
  const removing = useMutation({
    mutationFn: removeSecondFactor,
    onSuccess: async () => await queries.invalidateQueries({ queryKey: ['me'] }),
  });
  return (
    <form onSubmit={form.onSubmit((values) => removing.mutate(values))}>
      <Stack gap="sm">
        <Text size="sm">On. Signing in takes your password and a code.</Text>
        <ProblemAlert error={removing.error} />
        <PasswordInput
          label="Your password"
          autoComplete="current-password"
          required
          {...form.getInputProps('password')}
        />
        <TextInput label="Code" autoComplete="one-time-code" required {...form.getInputProps('code')} />
        <Button type="submit" variant="default" loading={removing.isPending}>
          Turn off
        </Button>
      </Stack>
    </form>
  );
}
