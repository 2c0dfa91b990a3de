import { Table, Text, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';

export interface FieldChange {
  readonly from: string | null;
  readonly to: string | null;
}

export interface FieldChangesProps {
  readonly changes: Readonly<Record<string, FieldChange>>;
  /** What is done to the person, for changes that no field shows. */
  readonly action?: string;
}

const IN_WORDS: Readonly<Record<string, string>> = {
  disable: 'The record is gone: the person can no longer sign in.',
  return: 'The record is back: the person can sign in again.',
  link: 'Joined with a person who is here already.',
};

/** Field by field what changed, or would. */
export function FieldChanges({ changes, action = '' }: FieldChangesProps): ReactNode {
  const fields = Object.entries(changes);
  if (fields.length === 0) return <Text size="sm">{IN_WORDS[action] ?? 'No field changes.'}</Text>;
  return (
    <Table withRowBorders={false} verticalSpacing={2} fz="sm" w="auto" aria-label="Fields">
      {/* What stands where is plain to see; repeated in every row of a list it would be in the way. */}
      <VisuallyHidden component="thead">
        <tr>
          <th>Field</th>
          <th>Was</th>
          <th>Becomes</th>
        </tr>
      </VisuallyHidden>
      <Table.Tbody>
        {fields.map(([field, { from, to }]) => (
          <Table.Tr key={field}>
            <Table.Td className="mono">{field}</Table.Td>
            <Table.Td>{from ?? <Empty />}</Table.Td>
            <Table.Td>
              <span aria-hidden>→ </span>
              {to ?? <Empty />}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Empty(): ReactNode {
  return (
    <Text span c="dimmed" fz="inherit">
      empty
    </Text>
  );
}
