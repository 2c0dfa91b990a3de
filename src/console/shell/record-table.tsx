import { Button, Center, Skeleton, Stack, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemAlert } from './problem-alert.tsx';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand at the right, so that they can be compared. */
  readonly numeric?: boolean;
}

export interface RecordTableProps<Row> {
  /** What the table is of, for those who cannot see it. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** Undefined until the first answer. */
  readonly rows: readonly Row[] | undefined;
  readonly keyOf: (row: Row) => string;
  readonly error: unknown;
  /** What to say, and to do next, when there is nothing. */
  readonly empty: ReactNode;
  /** Absent after the last page. */
  readonly more?: { readonly load: () => void; readonly loading: boolean } | undefined;
}

const SKELETON_ROWS = 6;

/** A list as a table: skeletons before the first answer, what went wrong, what to do when it is empty, and more at the end. */
export function RecordTable<Row>(props: RecordTableProps<Row>): ReactNode {
  const { label, columns, rows, error, empty, more } = props;
  if (error !== null && error !== undefined && rows === undefined) return <ProblemAlert error={error} />;
  if (rows === undefined) return <Waiting />;
  if (rows.length === 0)
    return (
      <Center mih={160}>
        <Text component="div" c="dimmed" ta="center">
          {empty}
        </Text>
      </Center>
    );
  return (
    <Stack>
      <ProblemAlert error={error} />
      <Table.ScrollContainer minWidth={columns.length * 120}>
        <Table highlightOnHover stickyHeader aria-label={label}>
          <Table.Thead>
            <Table.Tr>
              {columns.map(({ title, numeric }) => (
                <Table.Th key={title} ta={numeric === true ? 'right' : 'left'}>
                  {title}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Rows {...props} rows={rows} />
        </Table>
      </Table.ScrollContainer>
      {more !== undefined && (
        <Button variant="default" onClick={more.load} loading={more.loading} mx="auto">
          Show more
        </Button>
      )}
    </Stack>
  );
}

function Rows<Row>({ columns, rows = [], keyOf }: RecordTableProps<Row>): ReactNode {
  return (
    <Table.Tbody>
      {rows.map((row) => (
        <Table.Tr key={keyOf(row)}>
          {columns.map(({ title, cell, numeric }) => (
            <Table.Td key={title} ta={numeric === true ? 'right' : 'left'}>
              {cell(row)}
            </Table.Td>
          ))}
        </Table.Tr>
      ))}
    </Table.Tbody>
  );
}

function Waiting(): ReactNode {
  return (
    <Stack gap="xs" aria-busy="true" aria-label="Loading">
      {Array.from({ length: SKELETON_ROWS }, (_, at) => (
        <Skeleton key={at} h={36} />
      ))}
    </Stack>
  );
}
