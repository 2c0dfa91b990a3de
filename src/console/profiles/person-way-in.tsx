import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconHourglass } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Moment } from '../shell/moment.tsx';
import { openEdit } from './person-edit.tsx';
import { obstaclesOf, type Obstacle, type Remedy } from './person-obstacles.ts';
import { type Person } from './queries.ts';
import { useCare } from './use-care.ts';

/** Why this person cannot sign in, the gravest first, with what can be done at once. */
export function PersonWayIn({
  person,
  helps,
}: {
  readonly person: Person;
  readonly helps: boolean;
}): ReactNode {
  const obstacles = obstaclesOf(person);
  if (obstacles.length === 0)
    return (
      <Alert color="green" icon={<IconCircleCheck aria-hidden />} title="Nothing stands in the way">
        This person can sign in with a username or an address, and a password.
      </Alert>
    );
  return (
    <Stack gap="sm" component="section" aria-label="What stands in the way">
      {obstacles.map((obstacle) => (
        <Told key={obstacle.id} obstacle={obstacle} person={person} helps={helps} />
      ))}
    </Stack>
  );
}

interface ToldProps {
  readonly obstacle: Obstacle;
  readonly person: Person;
  readonly helps: boolean;
}

function Told({ obstacle, person, helps }: ToldProps): ReactNode {
  const { weight, title, text, at, remedies } = obstacle;
  const Icon = weight === 'stop' ? IconAlertTriangle : IconHourglass;
  return (
    <Alert color={weight === 'stop' ? 'orange' : 'blue'} icon={<Icon aria-hidden />} title={title}>
      <Group justify="space-between" gap="sm">
        <Text size="sm" component="div">
          {text}{' '}
          {at !== null && (
            <>
              (<Moment at={at} />)
            </>
          )}
        </Text>
        {helps && (
          <Group gap="xs">
            {remedies.map((remedy) => (
              <Remedied key={remedy} remedy={remedy} person={person} />
            ))}
          </Group>
        )}
      </Group>
    </Alert>
  );
}

const LABELS: Readonly<Record<Exclude<Remedy, 'resync'>, string>> = {
  enable: 'Enable',
  unlock: 'Unlock',
  send: 'Send a new link',
  edit: 'Correct the address',
  invite: 'Send an invitation',
};

function Remedied({ remedy, person }: { readonly remedy: Remedy; readonly person: Person }): ReactNode {
  const { send, unlock, change } = useCare(person);
  if (remedy === 'resync')
    return (
      <Button size="xs" variant="default" component="a" href="#provider">
        To the resync
      </Button>
    );
  const acts = {
    enable: () => change.mutate({ to: { enabled: true }, from: { enabled: false }, said: 'Enabled.' }),
    unlock: () => unlock.mutate(),
    send: () => send.mutate(),
    edit: () => openEdit(person),
    invite: () =>
      change.mutate({
        to: { preRegistration: true },
        from: { preRegistration: false },
        said: 'An invitation is on its way.',
      }),
  };
  return (
    <Button
      size="xs"
      variant="default"
      loading={send.isPending || unlock.isPending || change.isPending}
      onClick={acts[remedy]}
    >
      {LABELS[remedy]}
    </Button>
  );
}
