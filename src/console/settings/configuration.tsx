import { Badge, Code, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { CopyCommand } from '../shell/copy-command.tsx';
import { RecordTable, type Column } from '../shell/record-table.tsx';
import type { Installation } from './queries.ts';

type Setting = Installation['settings'][number];

const COLUMNS: readonly Column<Setting>[] = [
  {
    title: 'Setting',
    cell: ({ variable, group }) => (
      <>
        <Code>{variable}</Code>
        <Text size="xs" c="dimmed">
          {group}
        </Text>
      </>
    ),
  },
  {
    title: 'Value',
    cell: ({ value, secret }) => (
      <span className="mono" style={{ overflowWrap: 'anywhere' }}>
        {value ?? 'not set'}
        {secret && value !== null && (
          <Badge variant="default" ml={6} tt="none">
            secret
          </Badge>
        )}
      </span>
    ),
  },
  { title: 'From', cell: ({ origin }) => ORIGINS[origin] },
  { title: 'What it does', cell: ({ description }) => <Text size="sm">{description}</Text> },
];

const ORIGINS: Readonly<Record<Setting['origin'], string>> = {
  default: 'default',
  environment: 'environment',
  file: 'settings file',
};

/** Every setting as it is in force; secrets are masked, and replaced where they come from. */
export function Configuration({ settings }: { readonly settings: readonly Setting[] }): ReactNode {
  const [text, setText] = useState('');
  const [given, setGiven] = useState(false);
  const wanted = text.trim().toLowerCase();
  const shown = settings.filter(
    ({ variable, description, origin }) =>
      `${variable} ${description}`.toLowerCase().includes(wanted) && (!given || origin !== 'default'),
  );
  return (
    <Stack>
      <Text size="sm">
        Settings come from the environment, or from the file that <Code>TRIBUTARY_CONFIG_FILE</Code> names.
        They are read at the start: change them there, and start again.
      </Text>
      <Group align="flex-end">
        <TextInput
          label="Search"
          type="search"
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <Switch
          label="Only what is set"
          mb={8}
          checked={given}
          onChange={({ currentTarget }) => setGiven(currentTarget.checked)}
        />
        <CopyCommand command="config" />
      </Group>
      <RecordTable
        label="Settings"
        columns={COLUMNS}
        rows={shown}
        keyOf={({ variable }) => variable}
        error={null}
        empty="No setting is called that."
      />
    </Stack>
  );
}
