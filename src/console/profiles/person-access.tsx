import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Moment } from '../shell/moment.tsx';
import { tellDone, tellProblem } from '../shell/tell.ts';
import { endPersonSessions, unlockPerson, type Person } from './queries.ts';

const WHOSE = { none: 'No password', local: 'Chosen here', provider: 'The provider’s' } as const;

/** What is known of the password, never the password; unlocking, and signing out everywhere. */
export function PersonAccess({ person }: { readonly person: Person }): ReactNode {
  const queries = useQueryClient();
  const settled = async (): Promise<void> => await queries.invalidateQueries({ queryKey: ['profiles'] });
  const unlocking = useMutation({
    mutationFn: async () => await unlockPerson(person.id),
    onError: tellProblem,
    onSuccess: ({ failures }) => tellDone(`${String(failures)} failed attempts are forgotten.`),
    onSettled: settled,
  });
  const ending = useMutation({
    mutationFn: async () => await endPersonSessions(person.id),
    onError: tellProblem,
    onSuccess: ({ ended }) => tellDone(`${String(ended)} sessions have ended.`),
    onSettled: settled,
  });
  const { effective, format, setAt } = person.credential;
  return (
    <Stack gap="xs">
      <Text component="div">
        {WHOSE[effective]}
        {format !== null && ` (${format})`}
        {setAt !== null && (
          <>
            , set <Moment at={setAt} />
          </>
        )}
      </Text>
      <Text>
        {person.sessions === 0 ? 'Signed in nowhere' : `Signed in at ${String(person.sessions)} places`}
      </Text>
      <Group>
        <Button size="xs" variant="default" loading={unlocking.isPending} onClick={() => unlocking.mutate()}>
          Unlock
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={person.sessions === 0}
          loading={ending.isPending}
          onClick={() => ending.mutate()}
        >
          Sign out everywhere
        </Button>
      </Group>
    </Stack>
  );
}
