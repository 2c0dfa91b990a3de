import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Moment } from '../shell/moment.tsx';
import { tellDone, tellProblem } from '../shell/tell.ts';
import { InvitationBadge } from './invitation-badge.tsx';
import { doToMany } from './many-queries.ts';
import { REASONS } from './many-words.ts';
import { INVITATIONS } from './people-filter.ts';
import type { Person } from './queries.ts';
import { useCare } from './use-care.ts';

interface InvitationProps {
  readonly person: Person;
  readonly helps: boolean;
}

/** The latest invitation: queued, sent or bounced, until when its link is good, whether it was used. */
export function PersonInvitation({ person, helps }: InvitationProps): ReactNode {
  const { registration } = person;
  const { send } = useCare(person);
  const { hold } = useHold(person);
  if (registration === null) return null;
  const { state } = registration;
  const known = INVITATIONS.find((name) => name === state);
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <Text size="sm" fw={600}>
          Invitation
        </Text>
        {known !== undefined && <InvitationBadge state={known} />}
      </Group>
      <Text size="sm" component="div">
        <When registration={registration} />
      </Text>
      {helps && person.preRegistration && (
        <Group gap="xs">
          <Button size="xs" variant="default" loading={send.isPending} onClick={() => send.mutate()}>
            {state === 'held' || state === 'queued' ? 'Send it now' : 'Send a new link'}
          </Button>
          {state === 'queued' && (
            <Button size="xs" variant="default" loading={hold.isPending} onClick={() => hold.mutate()}>
              Hold it back
            </Button>
          )}
        </Group>
      )}
    </Stack>
  );
}

function When({ registration }: { readonly registration: NonNullable<Person['registration']> }): ReactNode {
  const { sentAt, validUntil, usedAt, state } = registration;
  if (sentAt === null) return 'Not sent';
  return (
    <>
      Sent <Moment at={sentAt} />
      {usedAt !== null && (
        <>
          , link used <Moment at={usedAt} />
        </>
      )}
      {usedAt === null && validUntil !== null && (
        <>
          , link {state === 'expired' ? 'was good until' : 'is good until'} <Moment at={validUntil} />
        </>
      )}
    </>
  );
}

function useHold({ id }: Person) {
  const queries = useQueryClient();
  const hold = useMutation({
    mutationFn: async () =>
      await doToMany(
        'hold',
        { ids: [id] },
        {
          pace: { perHour: null, most: null },
          told: () => undefined,
          signal: new AbortController().signal,
        },
      ),
    onError: tellProblem,
    onSuccess: ({ done, reasons }) => {
      const [reason = ''] = Object.keys(reasons);
      tellDone(
        done === 1 ? 'Held back until somebody sends it.' : `Not held: they ${REASONS[reason] ?? reason}.`,
      );
    },
    onSettled: async () => await queries.invalidateQueries({ queryKey: ['profiles'] }),
  });
  return { hold };
}
