import { Button, Group, Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Moment } from '../shell/moment.tsx';
import { StateBadge } from '../shell/state-badge.tsx';
import { tellDone, tellProblem } from '../shell/tell.ts';
import { resendLink, setFlag, type Person } from './queries.ts';

/** Both flags as switches, and the state of the link to the first password. */
export function PersonFlags({ person }: { readonly person: Person }): ReactNode {
  const queries = useQueryClient();
  const setting = useMutation({
    mutationFn: async (change: { flag: 'forceReset' | 'preRegistration'; on: boolean }) =>
      await setFlag(person.id, change.flag, change.on),
    onError: tellProblem,
    onSettled: async () => await queries.invalidateQueries({ queryKey: ['profiles'] }),
  });
  return (
    <Stack>
      <Switch
        label="Force password reset"
        description="Signs in once with the temporary password, then chooses their own."
        checked={person.forceReset}
        disabled={setting.isPending}
        onChange={({ currentTarget }) => setting.mutate({ flag: 'forceReset', on: currentTarget.checked })}
      />
      <Switch
        label="Pre-registration"
        description="Has no password yet; an e-mail brings a link to choose the first one."
        checked={person.preRegistration}
        disabled={setting.isPending}
        onChange={({ currentTarget }) =>
          setting.mutate({ flag: 'preRegistration', on: currentTarget.checked })
        }
      />
      {person.registration !== null && <Registration person={person} />}
    </Stack>
  );
}

function Registration({ person }: { readonly person: Person }): ReactNode {
  const queries = useQueryClient();
  const resending = useMutation({
    mutationFn: async () => await resendLink(person.id),
    onError: tellProblem,
    onSuccess: ({ requested, skipped }) =>
      tellDone(
        requested.length > 0 ? 'A new link is on its way.' : (skipped[0]?.reason ?? 'Nothing was sent.'),
      ),
    onSettled: async () => await queries.invalidateQueries({ queryKey: ['profiles'] }),
  });
  const { registration } = person;
  if (registration === null) return null;
  return (
    <Group justify="space-between">
      <Text size="sm" component="div">
        Link <StateBadge state={registration.state} /> sent <Moment at={registration.sentAt} />, valid until{' '}
        <Moment at={registration.validUntil} />
        {registration.usedAt !== null && (
          <>
            , used <Moment at={registration.usedAt} />
          </>
        )}
      </Text>
      <Button size="xs" variant="default" loading={resending.isPending} onClick={() => resending.mutate()}>
        Send a new link
      </Button>
    </Group>
  );
}
