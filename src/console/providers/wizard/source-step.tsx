import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { ProblemAlert } from '../../shell/problem-alert.tsx';
import { kindOf, put, textAt, type Document } from '../draft/document.ts';
import { adopt, proposalFor, tableOf } from '../draft/proposal.ts';
import { SourceFields } from '../forms/source-fields.tsx';
import { useEditing } from '../forms/editing.tsx';
import { templatesQuery } from '../queries.ts';
import { TemplateNotes, withTemplate } from './kind-step.tsx';
import { useWizard } from './wizard.ts';

/** Which records there are; the table that looks most like people is chosen to begin with. */
export function SourceStep(): ReactNode {
  const { document, discovery, replace } = useEditing();
  const { discovering, reachable } = useWizard();
  const named = textAt(document, 'source.table') + textAt(document, 'source.query');
  const best = discovery?.proposal?.table;
  useEffect(() => {
    const table = tableOf(discovery, best ?? '');
    if (named === '' && best !== undefined && table !== undefined)
      replace((present) => adopt(present, table, proposalFor(discovery, best)));
    // Once, when the database has answered: what somebody empties afterwards stays empty.
  }, [discovery]);
  if (kindOf(document) === 'push') return <SourceFields />;
  if (!reachable) return null;
  if (discovering.error !== null && discovery === undefined)
    return (
      <Stack>
        <ProblemAlert error={discovering.error} title="The database could not be looked at" />
        <Again />
        <SourceFields />
      </Stack>
    );
  if (discovery === undefined)
    return (
      <Stack aria-busy="true">
        <Text>Looking at the tables …</Text>
        <Skeleton h={240} />
      </Stack>
    );
  return (
    <Stack>
      <Recognised />
      <SourceFields />
      {textAt(document, 'source.query') === '' && <Again />}
    </Stack>
  );
}

function Again(): ReactNode {
  const { discovering } = useWizard();
  return (
    <Button
      variant="default"
      size="xs"
      loading={discovering.busy}
      onClick={discovering.again}
      style={{ alignSelf: 'flex-start' }}
    >
      Look again
    </Button>
  );
}

/** An application whose tables these are, and its ready-made definition: to be used, or in use. */
function Recognised(): ReactNode {
  const { discovery, replace } = useEditing();
  const { draft, update } = useWizard();
  const { data: templates } = useQuery(templatesQuery);
  const [found] = discovery?.applications ?? [];
  const template = templates?.find(({ name }) => name === (draft.template ?? found?.template));
  if (template === undefined) return null;
  if (draft.template !== null)
    return (
      <Alert title={`Filled in for ${template.application}`}>
        <Text size="sm">What its ready-made definition says stands in the steps, and can be changed.</Text>
        <TemplateNotes template={template} />
      </Alert>
    );
  return (
    <Alert title={`These are the tables of ${template.application}`}>
      <Group>
        <Text size="sm">There is a ready-made definition for it.</Text>
        <Button
          size="xs"
          onClick={() => {
            update({ template: template.name });
            replace((present) => foundAt(withTemplate(present, template), found?.table));
          }}
        >
          Use it
        </Button>
      </Group>
    </Alert>
  );
}

/** With the prefix that the tables have here; a template that asks with a query names them itself. */
function foundAt(document: Document, table: string | undefined): Document {
  return textAt(document, 'source.query') === '' ? put(document, 'source.table', table) : document;
}
