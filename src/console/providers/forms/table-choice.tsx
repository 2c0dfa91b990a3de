import { Badge, Group, Radio, Stack, Table, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { put, textAt } from '../draft/document.ts';
import { adopt, proposalFor, tableOf } from '../draft/proposal.ts';
import type { DiscoveredTable } from '../queries.ts';
import { useEditing, useText } from './editing.tsx';

/** More than fit on a screen are searched. */
const MANY = 12;

/** A table or view of those that there are; by its name where nobody has looked. */
export function TableChoice(): ReactNode {
  const { discovery } = useEditing();
  const [search, setSearch] = useState('');
  const name = useText('source.table');
  if (discovery === undefined)
    return <TextInput label="Table" description="As schema.table, or table." required {...name} />;
  const likely = [discovery.proposal, ...discovery.others].flatMap((proposal) => proposal?.table ?? []);
  const rank = (table: DiscoveredTable): number => {
    const place = likely.indexOf(table.name);
    return place < 0 ? likely.length : place;
  };
  const tables = discovery.tables
    .filter((table) => table.name.toLowerCase().includes(search.toLowerCase()))
    .toSorted((a, b) => rank(a) - rank(b));
  return (
    <Stack gap="xs">
      {discovery.tables.length > MANY && (
        <TextInput
          label="Search"
          placeholder={`among ${String(discovery.tables.length)} tables and views`}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        />
      )}
      {discovery.tables.length === 0 ? (
        <Text>The login sees no table. Grant it the right to read one, and look again.</Text>
      ) : (
        <Tables tables={tables} />
      )}
    </Stack>
  );
}

function Tables({ tables }: { readonly tables: readonly DiscoveredTable[] }): ReactNode {
  const { document, discovery, fresh, replace } = useEditing();
  const chosen = tableOf(discovery, textAt(document, 'source.table'))?.name;
  return (
    <Radio.Group
      aria-label="Table or view"
      value={chosen ?? null}
      onChange={(name) => {
        const table = tableOf(discovery, name);
        if (table === undefined || name === chosen) return;
        replace((present) =>
          fresh
            ? adopt(present, table, proposalFor(discovery, name))
            : put(put(present, 'source.table', name), 'source.key', table.key),
        );
      }}
    >
      <Table.ScrollContainer minWidth={480} mah={420}>
        <Table highlightOnHover stickyHeader aria-label="Tables and views">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Name</Table.Th>
              <Table.Th ta="right">Rows</Table.Th>
              <Table.Th>Key</Table.Th>
              <Table.Th>Looks like</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {tables.map((table) => (
              <TableRow key={table.name} table={table} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Radio.Group>
  );
}

function TableRow({ table }: { readonly table: DiscoveredTable }): ReactNode {
  const { discovery } = useEditing();
  const { name, kind, key, estimatedRows } = table;
  const reason = proposalFor(discovery, name)?.reason;
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs" wrap="nowrap">
          <Radio value={name} label={<span className="mono">{name}</span>} />
          {kind === 'view' && (
            <Badge variant="default" size="sm" tt="none">
              view
            </Badge>
          )}
        </Group>
      </Table.Td>
      <Table.Td ta="right">
        {estimatedRows === null ? 'not known' : estimatedRows.toLocaleString('en')}
      </Table.Td>
      <Table.Td className="mono">{key.length === 0 ? 'none' : key.join(', ')}</Table.Td>
      <Table.Td>
        {reason === undefined ? (
          <Text size="sm" c="dimmed">
            nothing in particular
          </Text>
        ) : (
          <Text size="sm">people: {reason}</Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
