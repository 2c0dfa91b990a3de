import {
  Alert,
  Button,
  Checkbox,
  Code,
  CopyButton,
  NumberInput,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { meQuery } from '../session/queries.ts';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { createToken, LETTING_IN, SCOPES, tokensQuery, type Scope } from './queries.ts';

const USUAL_DAYS = 90;
const MOST_DAYS = 365;

interface Typed {
  readonly name: string;
  readonly scopes: Scope[];
  readonly days: number;
}

/** For what, with which scopes, for how long; answers with the token. */
export function TokenForm(): ReactNode {
  const queries = useQueryClient();
  const { data: me } = useSuspenseQuery(meQuery);
  const form = useForm<Typed>({
    initialValues: { name: '', scopes: [], days: USUAL_DAYS },
    validate: { scopes: (scopes) => (scopes.length === 0 ? 'Choose at least one.' : null) },
  });
  const creating = useMutation({
    mutationFn: createToken,
    onSuccess: async () => await queries.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
  if (creating.data !== undefined) return <ShownOnce token={creating.data.token} />;
  return (
    <form onSubmit={form.onSubmit((values) => creating.mutate(values))}>
      <Stack>
        <ProblemAlert error={creating.error} />
        <TextInput
          label="Name"
          description="For whom or what."
          required
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Checkbox.Group label="Scopes" withAsterisk {...form.getInputProps('scopes')}>
          <Scopes of={SCOPES} />
          {me?.role === 'admin' && <LettingIn chosen={form.values.scopes} />}
        </Checkbox.Group>
        <NumberInput label="Days" min={1} max={MOST_DAYS} {...form.getInputProps('days')} />
        <Button type="submit" loading={creating.isPending}>
          Make the token
        </Button>
      </Stack>
    </form>
  );
}

function Scopes({ of }: { readonly of: readonly Scope[] }): ReactNode {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} mt="xs" spacing="xs">
      {of.map((scope) => (
        <Checkbox key={scope} value={scope} label={scope} />
      ))}
    </SimpleGrid>
  );
}

/** The scopes by which others can be let in, with what that means once one is chosen. */
function LettingIn({ chosen }: { readonly chosen: readonly Scope[] }): ReactNode {
  return (
    <Stack gap="xs" mt="md">
      <Text size="sm" c="dimmed">
        For programs that manage operators and tokens:
      </Text>
      <Scopes of={LETTING_IN} />
      {LETTING_IN.some((scope) => chosen.includes(scope)) && (
        <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title="This token can let others in">
          {chosen.includes('operators:write')
            ? 'Whoever has it can make operators, admins too, and send links that set their passwords.'
            : 'Whoever has it can make further tokens, with the scopes of this one, and end those of others.'}{' '}
          Keep it where only the program reads it, for few days. What it makes ends when you end it.
        </Alert>
      )}
    </Stack>
  );
}

function ShownOnce({ token }: { readonly token: string }): ReactNode {
  return (
    <Stack>
      <Text size="sm">Copy it now: it is not shown again, and nobody can read it later.</Text>
      <Code block style={{ wordBreak: 'break-all', whiteSpace: 'pre-wrap' }}>
        {token}
      </Code>
      <CopyButton value={token}>
        {({ copied, copy }) => <Button onClick={copy}>{copied ? 'Copied' : 'Copy the token'}</Button>}
      </CopyButton>
    </Stack>
  );
}
