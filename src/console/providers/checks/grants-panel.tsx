import { Button, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../../shell/problem-alert.tsx';
import { kindOf, type Document } from '../draft/document.ts';
import { CopyBlock } from '../forms/copy-block.tsx';
import { grantsFor } from '../queries.ts';

/** What grants exactly the rights needed, for the database's administrator. @param draft as the API takes it. */
export function GrantsPanel({ draft }: { readonly draft: () => Document }): ReactNode {
  const [opened, { open, close }] = useDisclosure(false);
  const asking = useMutation({ mutationFn: async () => await grantsFor(draft()) });
  return (
    <>
      <Button
        variant="default"
        size="xs"
        onClick={() => {
          asking.mutate();
          open();
        }}
      >
        {kindOf(draft()) === 'sqlite' ? 'Rights it needs, as commands' : 'Rights it needs, as SQL'}
      </Button>
      <Modal opened={opened} onClose={close} title="Exactly the rights that are needed" size="xl">
        <Stack>
          <Text size="sm">For the database’s administrator to run. It changes no record.</Text>
          {asking.isPending && <Skeleton h={120} />}
          <ProblemAlert error={asking.error} />
          {asking.data !== undefined && <CopyBlock text={asking.data} label="Rights" />}
        </Stack>
      </Modal>
    </>
  );
}
