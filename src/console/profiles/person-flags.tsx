import { Stack, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { PersonInvitation } from './person-invitation.tsx';
import type { Person } from './queries.ts';
import { useCare } from './use-care.ts';

const SAID = {
  forceReset: { on: 'A new password is asked for at the next sign-in.', off: 'The present password stays.' },
  preRegistration: { on: 'An invitation is on its way.', off: 'No first password is waited for any more.' },
} as const;

interface FlagsProps {
  readonly person: Person;
  readonly helps: boolean;
}

/** Both flags as switches, which can be taken back, and how the invitation stands. */
export function PersonFlags({ person, helps }: FlagsProps): ReactNode {
  const { change } = useCare(person);
  const set = (flag: keyof typeof SAID, on: boolean): void =>
    change.mutate({ to: { [flag]: on }, from: { [flag]: !on }, said: SAID[flag][on ? 'on' : 'off'] });
  return (
    <Stack>
      <Switch
        label="Force password reset"
        description="At the next sign-in the present password leads to choosing a new one, and nowhere else. Whoever is signed in has to sign in again."
        checked={person.forceReset}
        disabled={!helps || change.isPending}
        onChange={({ currentTarget }) => set('forceReset', currentTarget.checked)}
      />
      <Switch
        label="Pre-registration"
        description="For somebody without a password: an e-mail brings a link to choose the first one. With both on, this goes first."
        checked={person.preRegistration}
        disabled={!helps || change.isPending}
        onChange={({ currentTarget }) => set('preRegistration', currentTarget.checked)}
      />
      {person.registration !== null && <PersonInvitation person={person} helps={helps} />}
    </Stack>
  );
}
