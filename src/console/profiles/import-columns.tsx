import { Alert, Button, Group, Select, Stack, Table, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { fieldLabel } from './field-labels.ts';
import type { Columns, FileLook } from './import-queries.ts';

interface ColumnsProps {
  readonly look: FileLook;
  readonly done: (columns: Columns) => void;
  readonly back: () => void;
}

const FIELDS = [
  'username',
  'email',
  'givenName',
  'familyName',
  'displayName',
  'locale',
  'preRegistration',
  'forceReset',
  'temporaryPassword',
] as const;

const NEEDS: Readonly<Record<string, string>> = {
  username: 'needed; to sign in with',
  email: 'needed for invitations',
  preRegistration: 'yes or no: send a link to choose the first password',
  forceReset: 'yes or no; goes with a temporary password',
  temporaryPassword: 'has to be replaced at the first sign-in',
};

/** For each field the column it is taken from. What looks like a field has been chosen already. */
export function ImportColumns({ look, done, back }: ColumnsProps): ReactNode {
  const [columns, setColumns] = useState<Columns>(look.suggestion);
  const attributes = Object.keys(columns).filter((field) => field.startsWith('attributes.'));
  const taken = new Set(Object.values(columns));
  const free = look.columns.filter(({ name, passwords }) => !taken.has(name) && !passwords);
  const secret = look.columns.filter(({ passwords }) => passwords);
  const set = (field: string, column: string | null): void =>
    setColumns((before) => {
      const { [field]: _, ...others } = before;
      return column === null ? others : { ...others, [field]: column };
    });
  return (
    <Stack mt="md">
      {secret.length > 0 && (
        <Alert color="orange" title="Passwords are not imported">
          {secret.map(({ name }) => name).join(', ')}: nobody but a person may know that person’s password.
          Send invitations instead, so that each chooses one.
        </Alert>
      )}
      <Table.ScrollContainer minWidth={560}>
        <Table aria-label="Fields and columns">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Field</Table.Th>
              <Table.Th>Column of the file</Table.Th>
              <Table.Th>For example</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {[...FIELDS, ...attributes].map((field) => (
              <FieldRow key={field} field={field} look={look} column={columns[field] ?? null} set={set} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {free.length > 0 && <LeftColumns free={free} keep={(name) => set(attributeFor(name), name)} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={back}>
          Back
        </Button>
        <Button disabled={columns['username'] === undefined} onClick={() => done(columns)}>
          Check the file
        </Button>
      </Group>
    </Stack>
  );
}

interface RowProps {
  readonly field: string;
  readonly look: FileLook;
  readonly column: string | null;
  readonly set: (field: string, column: string | null) => void;
}

function FieldRow({ field, look, column, set }: RowProps): ReactNode {
  const samples = look.columns.find(({ name }) => name === column)?.samples ?? [];
  const need = NEEDS[field];
  return (
    <Table.Tr>
      <Table.Td>
        {fieldLabel(field)}
        {need !== undefined && (
          <Text size="xs" c="dimmed">
            {need}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Select
          aria-label={`Column for ${fieldLabel(field)}`}
          data={look.columns.filter(({ passwords }) => !passwords).map(({ name }) => name)}
          value={column}
          clearable
          clearButtonProps={{ 'aria-label': `No column for ${fieldLabel(field)}` }}
          placeholder="none"
          error={field === 'username' && column === null && 'Choose one: everybody needs a username.'}
          onChange={(name) => set(field, name)}
        />
      </Table.Td>
      <Table.Td c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {samples.join(', ')}
      </Table.Td>
    </Table.Tr>
  );
}

interface LeftProps {
  readonly free: FileLook['columns'];
  readonly keep: (column: string) => void;
}

function LeftColumns({ free, keep }: LeftProps): ReactNode {
  return (
    <Stack gap="xs">
      <Text size="sm">These columns are left out. Keep one as an attribute:</Text>
      <Group gap="xs">
        {free.map(({ name }) => (
          <Button key={name} size="xs" variant="default" onClick={() => keep(name)}>
            Keep {name}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}

/** Letters, digits, dots and hyphens, beginning with a letter: anything else in a name gives way. */
function attributeFor(column: string): string {
  const plain = column
    .normalize('NFKD')
    .replaceAll(/[^\w.-]+/g, '')
    .replace(/^[^A-Za-z]+/, '')
    .slice(0, 60);
  return `attributes.${plain === '' ? 'column' : plain}`;
}
