import { Alert, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { CopyCommand } from '../../shell/copy-command.tsx';
import { ProblemAlert } from '../../shell/problem-alert.tsx';
import { ChoiceCards } from '../forms/choice-cards.tsx';
import { CopyBlock } from '../forms/copy-block.tsx';
import { removeProvider, type Removed, type ShownProvider } from '../queries.ts';

/** Removes a provider, after asking what becomes of its people and having its name typed. */
export function RemoveProvider({ provider }: { readonly provider: ShownProvider }): ReactNode {
  const navigate = useNavigate();
  const open = (): void => {
    modals.open({
      title: `Remove ${provider.name}`,
      size: 'lg',
      children: <Confirm provider={provider} leave={async () => await navigate({ to: '/providers' })} />,
    });
  };
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        Remove this provider
      </Title>
      <Text size="sm">Its people are never deleted. What Tributary left at the source is dropped.</Text>
      <Group>
        <Button color="red" variant="outline" onClick={open}>
          Remove …
        </Button>
        <CopyCommand command={`provider remove ${provider.name} --people keep`} />
      </Group>
    </Stack>
  );
}

interface ConfirmProps {
  readonly provider: ShownProvider;
  /** Goes where the provider is not: dialogs know no way themselves. */
  readonly leave: () => Promise<void>;
}

function Confirm({ provider, leave }: ConfirmProps): ReactNode {
  const { name } = provider;
  const queries = useQueryClient();
  const [people, setPeople] = useState<'keep' | 'disable'>('keep');
  const [typed, setTyped] = useState('');
  const removing = useMutation({
    mutationFn: async () => await removeProvider(name, people),
    onSuccess: async () => {
      await leave();
      await queries.invalidateQueries({ queryKey: ['providers'], exact: true });
    },
  });
  if (removing.data !== undefined) return <Gone removed={removing.data} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (typed === name) removing.mutate();
      }}
    >
      <Stack>
        <ProblemAlert error={removing.error} />
        <PeopleChoice linked={provider.profiles.linked} value={people} onChange={setPeople} />
        <TextInput
          label={`Type ${name} to confirm`}
          value={typed}
          autoComplete="off"
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Button type="submit" color="red" disabled={typed !== name} loading={removing.isPending}>
          Remove it
        </Button>
      </Stack>
    </form>
  );
}

interface PeopleChoiceProps {
  readonly linked: number;
  readonly value: 'keep' | 'disable';
  readonly onChange: (people: 'keep' | 'disable') => void;
}

function PeopleChoice({ linked, value, onChange }: PeopleChoiceProps): ReactNode {
  return (
    <ChoiceCards
      label={`What becomes of its ${linked.toLocaleString('en')} people?`}
      choices={[
        {
          value: 'keep',
          title: 'They go on signing in',
          text: 'With the password they have here; nobody keeps them in step any more.',
        },
        {
          value: 'disable',
          title: 'They are disabled',
          text: 'They cannot sign in until somebody enables them.',
        },
      ]}
      value={value}
      onChange={onChange}
    />
  );
}

/** What was done, and what could not be dropped at the source. */
function Gone({ removed }: { readonly removed: Removed }): ReactNode {
  const { name, profiles, people, left } = removed;
  return (
    <Stack>
      <Text>
        {name} is removed. Its {profiles.toLocaleString('en')} people{' '}
        {people === 'keep' ? 'are kept' : 'are disabled'}.
      </Text>
      {left.failure !== null && (
        <Alert color="orange" title="The source could not be asked">
          {left.failure.message} ({left.failure.code}). Something of ours may still stand there.
        </Alert>
      )}
      {left.traces.map(({ kind, name: trace, remedy }) => (
        <CopyBlock key={`${kind} ${trace}`} text={remedy} label={`Drops the ${kind} ${trace}`} />
      ))}
      <Button variant="default" onClick={() => modals.closeAll()}>
        Close
      </Button>
    </Stack>
  );
}
