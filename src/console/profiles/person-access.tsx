import { Button, Group, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Moment } from '../shell/moment.tsx';
import { tellDone, tellProblem } from '../shell/tell.ts';
import { openSessions } from './person-sessions.tsx';
import { endPersonSessions, type Person } from './queries.ts';
import { useCare } from './use-care.ts';

const WHOSE = { none: 'No password', local: 'Chosen here', provider: 'The provider’s' } as const;

interface AccessProps {
  readonly person: Person;
  readonly helps: boolean;
}

/** What is known of the password, never the password; how sign-ins went; where somebody is signed in. */
export function PersonAccess({ person, helps }: AccessProps): ReactNode {
  const { effective, format, setAt } = person.credential;
  return (
    <Stack gap="xs">
      <Text component="div" size="sm">
        {WHOSE[effective]}
        {format !== null && ` (${format})`}
        {setAt !== null && (
          <>
            , set <Moment at={setAt} />
          </>
        )}
      </Text>
      <Text size="sm" component="div">
        <Attempts lock={person.lock} />
      </Text>
      <Text size="sm">
        {person.sessions === 0
          ? 'Signed in nowhere'
          : `Signed in at ${String(person.sessions)} ${person.sessions === 1 ? 'place' : 'places'}`}
      </Text>
      {helps && <Acts person={person} />}
    </Stack>
  );
}

function Attempts({ lock: { failures, blockedUntil } }: Pick<Person, 'lock'>): ReactNode {
  if (failures === 0) return 'No failed attempts';
  const count = failures === 1 ? '1 failed attempt' : `${String(failures)} failed attempts in a row`;
  if (blockedUntil === null) return count;
  if (blockedUntil === 'infinity') return `${count}, locked until somebody unlocks`;
  return (
    <>
      {count}, the next is possible <Moment at={blockedUntil} />
    </>
  );
}

function Acts({ person }: { readonly person: Person }): ReactNode {
  const queries = useQueryClient();
  const { unlock } = useCare(person);
  const ending = useMutation({
    mutationFn: async () => await endPersonSessions(person.id),
    onError: tellProblem,
    onSuccess: ({ ended }) => tellDone(`${String(ended)} sessions have ended.`),
    onSettled: async () => await queries.invalidateQueries({ queryKey: ['profiles'] }),
  });
  const ask = (): string =>
    modals.openConfirmModal({
      title: `Sign ${person.username} out everywhere?`,
      children: 'Every session ends at once. The password stays as it is.',
      labels: { confirm: 'Sign out everywhere', cancel: 'Cancel' },
      onConfirm: () => ending.mutate(),
    });
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant="default"
        disabled={person.lock.failures === 0}
        loading={unlock.isPending}
        onClick={() => unlock.mutate()}
      >
        Unlock
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={person.sessions === 0}
        onClick={() => openSessions(person)}
      >
        Show sessions
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={person.sessions === 0}
        loading={ending.isPending}
        onClick={ask}
      >
        Sign out everywhere …
      </Button>
    </Group>
  );
}
