import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';

export interface FieldChange {
  readonly from: string | null;
  readonly to: string | null;
}

/** Field by field what changed, or would. */
export function FieldChanges({
  changes,
}: {
  readonly changes: Readonly<Record<string, FieldChange>>;
}): ReactNode {
  const fields = Object.entries(changes);
  if (fields.length === 0) return <Text size="sm">No field changes.</Text>;
  return (
    <Table withRowBorders={false} verticalSpacing={2} fz="sm" aria-label="Fields">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Field</Table.Th>
          <Table.Th>Was</Table.Th>
          <Table.Th>Becomes</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {fields.map(([field, { from, to }]) => (
          <Table.Tr key={field}>
            <Table.Td className="mono">{field}</Table.Td>
            <Table.Td>{from ?? <Text c="dimmed">empty</Text>}</Table.Td>
            <Table.Td>{to ?? <Text c="dimmed">empty</Text>}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
