import {
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
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { createToken, SCOPES, tokensQuery, type Scope } from './queries.ts';

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
          <SimpleGrid cols={{ base: 1, xs: 2 }} mt="xs" spacing="xs">
            {SCOPES.map((scope) => (
              <Checkbox key={scope} value={scope} label={scope} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
        <NumberInput label="Days" min={1} max={MOST_DAYS} {...form.getInputProps('days')} />
        <Button type="submit" loading={creating.isPending}>
          Make the token
        </Button>
      </Stack>
    </form>
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
