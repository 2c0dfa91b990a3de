import { Button, Stack, Table, Text, Textarea } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { ProblemAlert } from '../../shell/problem-alert.tsx';
import { at, listAt, textAt, type Document } from '../draft/document.ts';
import { adoptQuery } from '../draft/proposal.ts';
import type { DescribedQuery } from '../queries.ts';
import { useEditing, useText } from './editing.tsx';

/** A query, with what it answers when it is tried. */
export function QueryField(): ReactNode {
  const { document, query, fresh, replace } = useEditing();
  const { described } = query;
  useEffect(() => {
    if (described !== undefined && fresh && isBare(document))
      replace((present) => adoptQuery(present, described));
    // Once, when it has answered: what somebody has mapped stays when the query is mended.
  }, [described]);
  return (
    <Stack gap="xs">
      <Textarea
        label="Query"
        description="One SELECT. Nothing can be written back through it."
        autosize
        minRows={4}
        maxRows={16}
        required
        classNames={{ input: 'mono' }}
        {...useText('source.query')}
      />
      <Button
        variant="default"
        size="xs"
        loading={query.busy}
        disabled={textAt(document, 'source.query').trim() === ''}
        onClick={query.look}
        style={{ alignSelf: 'flex-start' }}
      >
        Try the query
      </Button>
      <ProblemAlert error={query.error} title="The query does not run" />
      {described !== undefined && <Answer described={described} />}
    </Stack>
  );
}

/** Nobody has said yet what tells records apart or what becomes of their columns. */
function isBare(document: Document): boolean {
  return listAt(document, 'source.key').length === 0 || at(document, 'mapping') === undefined;
}

function Answer({ described }: { readonly described: DescribedQuery }): ReactNode {
  const { columns, proposal } = described;
  return (
    <>
      <Table.ScrollContainer minWidth={320} mah={320}>
        <Table stickyHeader aria-label="Columns of the query">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Column</Table.Th>
              <Table.Th>Type</Table.Th>
              <Table.Th>Suggested for</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {columns.map(({ name, type }) => (
              <Table.Tr key={name}>
                <Table.Td className="mono">{name}</Table.Td>
                <Table.Td className="mono">{type}</Table.Td>
                <Table.Td>
                  <Text size="sm">{suggestedFor(name, described)}</Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {proposal === null && (
        <Text size="sm">Nothing in it looks like people: name the columns in the next steps.</Text>
      )}
    </>
  );
}

/** What a column becomes, and why; empty when nothing was seen in it. */
function suggestedFor(name: string, { key, proposal }: DescribedQuery): string {
  const cursor = proposal?.cursor ?? null;
  return [
    ...(key.includes(name) ? ['key: no record looked at leaves it empty or repeats it'] : []),
    ...(proposal?.fields ?? [])
      .filter(({ column }) => column === name)
      .map(({ path, reason }) => `${path.replace(/^mapping\./, '')}: ${reason}`),
    ...(cursor?.column === name ? [`changes.cursor: ${cursor.reason}`] : []),
  ].join('; ');
}
