import { List, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../../shell/problem-alert.tsx';
import { at, kindOf, put, type ConnectorKind, type Document } from '../draft/document.ts';
import { ChoiceCards, type Choice } from '../forms/choice-cards.tsx';
import { useEditing, useText } from '../forms/editing.tsx';
import { templatesQuery, type Template } from '../queries.ts';
import { useWizard } from './wizard.ts';

const KINDS: readonly Choice<ConnectorKind>[] = [
  { value: 'postgres', title: 'PostgreSQL', text: 'A database server, version 11 or later.' },
  {
    value: 'mysql',
    title: 'MySQL or MariaDB',
    text: 'A database server: MySQL 5.7, MariaDB 10.3, or later.',
  },
  { value: 'sqlite', title: 'SQLite', text: 'A database file on the machine that Tributary runs on.' },
  {
    value: 'push',
    title: 'It pushes',
    text: 'Its database cannot be reached from here: the other system posts its records, signed.',
  },
];

/** What kind of database it is, what it is called here, and whether there is a ready-made definition for it. */
export function KindStep(): ReactNode {
  const { document, replace } = useEditing();
  const { draft, update } = useWizard();
  const registered = draft.version !== null;
  return (
    <Stack>
      <TextInput
        label="Name"
        description="What this provider is called here, for example acme-hr. It does not change later."
        required
        disabled={registered}
        autoComplete="off"
        maw={420}
        {...useText('name')}
      />
      <ChoiceCards
        label="What kind of database is it?"
        choices={KINDS}
        value={kindOf(document)}
        onChange={(kind) => {
          update({ template: null });
          replace((present) => ofKind(present, kind));
        }}
      />
      <TemplateField />
    </Stack>
  );
}

/** Another kind has another connection, and other ways to tell of changes. */
function ofKind(document: Document, connector: ConnectorKind): Document {
  const { name } = document;
  const full = at(document, 'changes.full');
  return { ...(name !== undefined && { name }), connector, ...(full !== undefined && { changes: { full } }) };
}

function TemplateField(): ReactNode {
  const { document, replace } = useEditing();
  const { draft, update } = useWizard();
  const { data: templates, error } = useQuery(templatesQuery);
  const kind = kindOf(document);
  const fitting = (templates ?? []).filter(({ connectors }) =>
    connectors.some(({ connector }) => connector === kind),
  );
  const chosen = fitting.find(({ name }) => name === draft.template);
  if (error !== null) return <ProblemAlert error={error} />;
  if (templates !== undefined && fitting.length === 0) return null;
  return (
    <>
      <Select
        label="Application"
        description="There are ready-made definitions for well-known ones. Without one, the tables are looked at in the next steps."
        placeholder="another one, or one of our own"
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'No application' }}
        maw={420}
        data={fitting.map((template) => ({ value: template.name, label: template.application }))}
        value={chosen?.name ?? null}
        onChange={(value) => {
          const template = fitting.find((known) => known.name === value);
          update({ template: template?.name ?? null });
          replace((present) => withTemplate(present, template));
        }}
      />
      {chosen !== undefined && <TemplateNotes template={chosen} />}
      {chosen !== undefined && (
        <Text size="sm" c="dimmed">
          The next steps are filled in with what it says, and can be changed.
        </Text>
      )}
    </>
  );
}

/** What somebody has to know of a ready-made definition. */
export function TemplateNotes({ template: { notes } }: { readonly template: Template }): ReactNode {
  if (notes.length === 0) return null;
  return (
    <List size="sm">
      {notes.map((note) => (
        <List.Item key={note}>{note}</List.Item>
      ))}
    </List>
  );
}

const OF_TEMPLATES = ['source', 'mapping', 'password', 'match'];

/** What a template says stands in the draft as if somebody had written it, so that it can be changed. */
export function withTemplate(document: Document, template: Template | undefined): Document {
  const bare = OF_TEMPLATES.reduce((rest, key) => put(rest, key, undefined), document);
  if (template === undefined) return bare;
  const kind = kindOf(document);
  const definition = template.connectors.find(({ connector }) => connector === kind)?.definition ?? {};
  return { ...bare, ...definition };
}
