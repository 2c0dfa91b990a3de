import { Button, Group, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { PlaceLink } from '../shell/place-link.tsx';
import { fieldLabel } from './field-labels.ts';
import { openEdit } from './person-edit.tsx';
import type { Person } from './queries.ts';

interface FieldsProps {
  readonly person: Person;
  readonly helps: boolean;
}

/** Every field with who owns it: a provider's are changed at the provider. */
export function PersonFields({ person, helps }: FieldsProps): ReactNode {
  const own = person.fields.some(({ owner }) => owner === 'here');
  const provider = person.fields.find(({ owner }) => owner !== 'here')?.owner;
  return (
    <>
      <Table.ScrollContainer minWidth={320}>
        <Table aria-label="Fields">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Field</Table.Th>
              <Table.Th>Value</Table.Th>
              <Table.Th>Owner</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {person.fields.map(({ name, value, owner }) => (
              <Table.Tr key={name}>
                <Table.Td>{fieldLabel(name)}</Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{value ?? '–'}</Table.Td>
                <Table.Td c="dimmed">{owner}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {helps && own && (
        <Group mt="sm">
          <Button size="xs" variant="default" onClick={() => openEdit(person)}>
            Change …
          </Button>
        </Group>
      )}
      {provider !== undefined && (
        <Text size="sm" c="dimmed" mt="sm">
          Fields of{' '}
          <PlaceLink to="/providers/$name" params={{ name: provider }}>
            {provider}
          </PlaceLink>{' '}
          are changed there; a resync brings them here.
        </Text>
      )}
    </>
  );
}
