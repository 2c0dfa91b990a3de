import { Button, Group, List, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FieldChanges } from '../shell/field-changes.tsx';
import { CopyCommand } from '../shell/copy-command.tsx';
import { Moment } from '../shell/moment.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { resyncPerson, type Person, type Resync } from './queries.ts';
import { PlaceLink } from '../shell/place-link.tsx';

const ICONS = {
  ok: { icon: IconCheck, color: 'green.8' },
  failed: { icon: IconX, color: 'red.8' },
  skipped: { icon: IconMinus, color: 'gray.7' },
} as const;

const NAMES: Readonly<Record<Resync['steps'][number]['name'], string>> = {
  connected: 'Connect to the provider',
  found: 'Find the record',
  mapped: 'Read its fields',
  matched: 'Match the profile',
  done: 'Bring it into step',
};

/** Brings the person into step now, and explains what happened in five steps. */
export function PersonResync({
  person,
  helps,
}: {
  readonly person: Person;
  readonly helps: boolean;
}): ReactNode {
  const queries = useQueryClient();
  const syncing = useMutation({
    mutationFn: async () => await resyncPerson(person.id),
    onSettled: async () => await queries.invalidateQueries({ queryKey: ['profiles'] }),
  });
  if (person.link === null) return null;
  const { provider, recordKey, goneAt } = person.link;
  return (
    <Stack>
      <Group justify="space-between">
        <Text component="div">
          Record <span className="mono">{recordKey}</span> at{' '}
          <PlaceLink to="/providers/$name" params={{ name: provider }}>
            {provider}
          </PlaceLink>
          {goneAt !== null && (
            <>
              , gone since <Moment at={goneAt} />
            </>
          )}
        </Text>
        {helps && (
          <Group gap="sm">
            <CopyCommand command={`profile resync ${person.username}`} />
            <Button loading={syncing.isPending} onClick={() => syncing.mutate()}>
              Resync
            </Button>
          </Group>
        )}
      </Group>
      <ProblemAlert error={syncing.error} />
      {syncing.data !== undefined && <Steps resync={syncing.data} />}
    </Stack>
  );
}

function Steps({ resync }: { readonly resync: Resync }): ReactNode {
  return (
    <div aria-live="polite">
      <List spacing="xs" listStyleType="none">
        {resync.steps.map(({ name, state, detail }) => {
          const { icon: Icon, color } = ICONS[state];
          return (
            <List.Item
              key={name}
              icon={
                <ThemeIcon size={22} radius="xl" color={color} aria-label={state}>
                  <Icon size={14} />
                </ThemeIcon>
              }
            >
              <b>{NAMES[name]}</b>: {detail}
            </List.Item>
          );
        })}
      </List>
      {Object.keys(resync.changes).length > 0 && <FieldChanges changes={resync.changes} />}
    </div>
  );
}
