import { Button, Stack, Text, Title } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../../shell/problem-alert.tsx';
import { makePushKey, type ShownProvider } from '../queries.ts';
import { PushKeyShown } from './push-key-shown.tsx';

/** The key that the other system signs its posts with: a new one, shown this once. */
export function PushKeyTools({ provider }: { readonly provider: ShownProvider }): ReactNode {
  const making = useMutation({ mutationFn: async () => await makePushKey(provider.name) });
  const ask = (): void => {
    modals.openConfirmModal({
      title: 'Make a new key?',
      children: 'The one in use stays good for 24 hours; the one before it ends at once.',
      labels: { confirm: 'Make it', cancel: 'Leave it' },
      onConfirm: () => making.mutate(),
    });
  };
  return (
    <Stack component="section" gap="sm">
      <Title order={2} size="h4">
        Key for posts
      </Title>
      <Text size="sm">Posts are signed with it. It cannot be shown again; a new one takes its place.</Text>
      <ProblemAlert error={making.error} />
      {making.data === undefined ? (
        <Button
          variant="default"
          style={{ alignSelf: 'flex-start' }}
          loading={making.isPending}
          onClick={ask}
        >
          Make a new key …
        </Button>
      ) : (
        <PushKeyShown made={making.data} definition={provider.definition} />
      )}
    </Stack>
  );
}
