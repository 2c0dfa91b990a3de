import { Button, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { PushKeyShown } from '../../page/push-key-shown.tsx';
import { textAt } from '../../draft/document.ts';
import { ProblemAlert } from '../../../shell/problem-alert.tsx';
import { makePushKey, postedQuery } from '../../queries.ts';
import { useWizard } from '../wizard.ts';
import { useRegistering } from './use-registering.ts';

/** What pushes is registered first: then there is a key, and the other system can begin to post. */
export function PushKeyPanel(): ReactNode {
  const { draft } = useWizard();
  const registering = useRegistering();
  const name = textAt(draft.document, 'name');
  const making = useMutation({
    mutationFn: async () => {
      if (draft.version === null) await registering.mutateAsync();
      return await makePushKey(name);
    },
  });
  return (
    <Stack>
      <Title order={2} size="h4">
        The key, and the first post
      </Title>
      <Text>
        The other system signs what it posts with a key. Registering makes the provider, paused: what is
        posted is kept, and nobody is made before you start the first run.
      </Text>
      <ProblemAlert error={making.error} />
      {making.data === undefined ? (
        <Button
          variant={draft.version === null ? 'filled' : 'default'}
          style={{ alignSelf: 'flex-start' }}
          loading={making.isPending}
          onClick={() => making.mutate()}
        >
          {draft.version === null ? 'Register it, and make the key' : 'Make a new key'}
        </Button>
      ) : (
        <PushKeyShown made={making.data} definition={draft.document} />
      )}
      {draft.version !== null && <Posted name={name} />}
    </Stack>
  );
}

/** How much has come, as it comes: whoever sets up the other side sees that it works. */
function Posted({ name }: { readonly name: string }): ReactNode {
  const { data: records, error } = useQuery(postedQuery(name));
  if (error !== null) return <ProblemAlert error={error} />;
  return (
    <Text role="status">
      {records === undefined || records === 0
        ? 'Nothing has been posted yet. This line says so when something has.'
        : `${records.toLocaleString('en')} ${records === 1 ? 'record has' : 'records have'} been posted.`}
    </Text>
  );
}
