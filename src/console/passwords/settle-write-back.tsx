import { Button, Group, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ChoiceCards, type Choice } from '../providers/forms/choice-cards.tsx';
import { CopyCommand } from '../shell/copy-command.tsx';
import { PlaceLink } from '../shell/place-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { tellDone } from '../shell/tell.ts';
import { settleWriteBack, type Keep, type WriteBack } from './queries.ts';

/** Whether somebody has to decide, or may: the password here lost against one that was set at the provider. */
export function isConflict({ state, errorCode }: WriteBack): boolean {
  return state === 'conflict' || (state === 'failed' && errorCode === 'PASSWORD_CHANGED');
}

export function openSettling(writeBack: WriteBack): void {
  modals.open({
    title: 'Settle the conflict',
    size: 'lg',
    children: <Settling writeBack={writeBack} />,
  });
}

const CHOICES: readonly Choice<Keep>[] = [
  {
    value: 'provider',
    title: 'The password of the provider stays',
    text: 'Nothing is written. The one that was set here is forgotten.',
    recommended: true,
  },
  {
    value: 'here',
    title: 'The password set here counts',
    text: 'It is carried to the provider again, unless it has changed there once more: then that is another conflict. Once it is written it signs in, and every session ends.',
  },
];

/** Whose password is to be in force from now on. */
function Settling({ writeBack }: { readonly writeBack: WriteBack }): ReactNode {
  const { id, username, profileId, provider, error } = writeBack;
  const queries = useQueryClient();
  const [keep, setKeep] = useState<Keep>('provider');
  const settling = useMutation({
    mutationFn: async () => await settleWriteBack(id, keep),
    onSuccess: async () => {
      modals.closeAll();
      tellDone(
        keep === 'here' ? 'It is carried to the provider again.' : 'The password of the provider stays.',
      );
      await queries.invalidateQueries({ queryKey: ['write-backs'] });
    },
  });
  return (
    <Stack>
      <Text size="sm">
        <PlaceLink to="/people/$who" params={{ who: profileId }} onClick={() => modals.closeAll()}>
          {username}
        </PlaceLink>{' '}
        chose a password here, and another one was set at {provider}: {error}.
      </Text>
      <ProblemAlert error={settling.error} />
      <ChoiceCards label="Whose password counts?" choices={CHOICES} value={keep} onChange={setKeep} />
      <Group justify="space-between">
        <CopyCommand command={`write-back settle ${id} --keep ${keep}`} />
        <Group>
          <Button variant="default" onClick={() => modals.closeAll()}>
            Leave it
          </Button>
          <Button loading={settling.isPending} onClick={() => settling.mutate()}>
            Settle it
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}
