import { Alert, Button, Group, List, Stack, TextInput, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { at, isGroup } from '../../draft/document.ts';
import { useEditing } from '../editing.tsx';
import { attributeField, PROFILE_FIELDS } from './fields.ts';
import { RuleField } from './rule-field.tsx';

/** How a record becomes a person, field by field. */
export function MappingFields(): ReactNode {
  const { document, proposal } = useEditing();
  const group = at(document, 'mapping.attributes');
  const attributes = Object.keys(isGroup(group) ? group : {});
  return (
    <Stack>
      {(proposal?.notes.length ?? 0) > 0 && (
        <Alert title="To decide" color="orange">
          <List size="sm">
            {proposal?.notes.map((note) => (
              <List.Item key={note}>{note}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {PROFILE_FIELDS.map((field) => (
        <RuleField key={field.place} field={field} />
      ))}
      <Title order={2} size="h5">
        Attributes of your own
      </Title>
      {attributes.map((name) => (
        <RuleField key={name} field={attributeField(name)} />
      ))}
      <NewAttribute taken={attributes} />
    </Stack>
  );
}

const NAME = /^[A-Za-z][\w.-]{0,63}$/;

function NewAttribute({ taken }: { readonly taken: readonly string[] }): ReactNode {
  const { change } = useEditing();
  const [name, setName] = useState('');
  const fault = faultOf(name, taken);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name === '' || fault !== null) return;
        change(['mapping', 'attributes', name], '');
        setName('');
      }}
    >
      <Group align="flex-end">
        <TextInput
          label="Name of an attribute"
          placeholder="department"
          value={name}
          error={fault}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button type="submit" variant="default">
          Add
        </Button>
      </Group>
    </form>
  );
}

function faultOf(name: string, taken: readonly string[]): string | null {
  if (name === '') return null;
  if (taken.includes(name)) return 'There is one of this name.';
  return NAME.test(name) ? null : 'Up to 64 letters, digits, dots, hyphens and underscores.';
}
