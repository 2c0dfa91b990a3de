import { ActionIcon, Button, Group, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { at, isGroup, textAt } from '../draft/document.ts';
import { passwordFormatsQuery } from '../queries.ts';
import { ChoiceCards, type Choice } from './choice-cards.tsx';
import { ColumnSelect } from './column-select.tsx';
import { problemsAt, useEditing, useText } from './editing.tsx';

type Conflict = 'newest' | 'provider' | 'local';

const CONFLICTS: readonly Choice<Conflict>[] = [
  {
    value: 'newest',
    title: 'The later change wins',
    text: 'Where the provider does not say when its own was made, the one made here wins.',
    recommended: true,
  },
  { value: 'provider', title: 'The provider wins', text: 'The password chosen here is given up.' },
  {
    value: 'local',
    title: 'The person’s choice here wins',
    text: 'The provider’s own change is overwritten.',
  },
];

/** Whether a password that somebody chooses here is also written to the provider, and how. */
export function WriteBackFields(): ReactNode {
  const { document, change } = useEditing();
  const on = at(document, 'password.writeBack.enabled') === true;
  return (
    <Stack>
      <Switch
        label="Write a password that somebody chooses here to the provider too"
        description="So that the old application goes on working with it. Nothing but the password column, and those below, is ever written."
        checked={on}
        onChange={({ currentTarget }) =>
          change('password.writeBack', currentTarget.checked ? { enabled: true } : undefined)
        }
      />
      {on && <Details />}
    </Stack>
  );
}

function Details(): ReactNode {
  const { document, change, problems } = useEditing();
  return (
    <>
      <FormatField />
      <ChoiceCards
        label="When the provider’s own password changed meanwhile"
        choices={CONFLICTS}
        value={(at(document, 'password.writeBack.conflict') ?? 'newest') as Conflict}
        error={problemsAt(problems, 'password.writeBack.conflict')}
        onChange={(chosen) => change('password.writeBack.conflict', chosen === 'newest' ? undefined : chosen)}
      />
      <AlsoWritten />
    </>
  );
}

function FormatField(): ReactNode {
  const { document, change, problems } = useEditing();
  const { data: formats = [] } = useQuery(passwordFormatsQuery);
  const format = textAt(document, 'password.writeBack.format');
  const accepted = useText('password.writeBack.weakFormatAccepted');
  const weak = formats.find(({ name }) => name === format)?.weak === true;
  const refused = problems.some(({ code }) => code === 'FORMAT_WEAK');
  return (
    <>
      <Select
        label="In which format"
        data={[
          { value: '', label: 'the one the record has now, as strong as today’s' },
          ...formats.map(({ name, weak: isWeak }) => ({
            value: name,
            label: isWeak ? `${name} (weak)` : name,
          })),
        ]}
        searchable
        allowDeselect={false}
        value={format}
        error={problemsAt(problems, 'password.writeBack.format')}
        onChange={(chosen) =>
          change('password.writeBack.format', chosen === '' ? undefined : (chosen ?? undefined))
        }
      />
      {(weak || refused || accepted.value !== '') && (
        <TextInput
          label="Accept the weak format"
          description="Whoever reads the table could learn the passwords. To write it all the same, type: yes, whoever reads the table may learn the passwords"
          {...accepted}
        />
      )}
    </>
  );
}

/** `now` is the source's own time; true, false and numbers are written as such. */
function readValue(text: string): string | number | boolean | null {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

function AlsoWritten(): ReactNode {
  const { document, change, problems } = useEditing();
  const group = at(document, 'password.writeBack.set');
  const rows = Object.entries(isGroup(group) ? group : {});
  const write = (next: readonly (readonly [string, unknown])[]): void =>
    change('password.writeBack.set', next.length === 0 ? undefined : Object.fromEntries(next));
  const replaced = (at: number, row: readonly [string, unknown]): void =>
    write(rows.map((present, place) => (place === at ? row : present)));
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        Columns that are written along
      </Text>
      <Text size="sm" c="dimmed">
        For example must_change = false, or password_changed_at = now.
      </Text>
      {rows.map(([column, value], place) => (
        <Group key={place} align="flex-end" wrap="nowrap">
          <ColumnSelect label="Column" value={column} onChange={(name) => replaced(place, [name, value])} />
          <TextInput
            label="Becomes"
            value={String(value)}
            onChange={({ currentTarget }) => replaced(place, [column, readValue(currentTarget.value)])}
          />
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={`Do not write ${column}`}
            onClick={() => write(rows.filter((_, other) => other !== place))}
          >
            <IconTrash size={18} />
          </ActionIcon>
        </Group>
      ))}
      {problemsAt(problems, 'password.writeBack.set') !== undefined && (
        <Text size="sm" c="var(--mantine-color-error)">
          {problemsAt(problems, 'password.writeBack.set')}
        </Text>
      )}
      <Button
        variant="default"
        size="xs"
        style={{ alignSelf: 'flex-start' }}
        onClick={() => write([...rows, ['', false]])}
      >
        Add a column
      </Button>
    </Stack>
  );
}
