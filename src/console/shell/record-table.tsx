import { Button, Center, Skeleton, Stack, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Column } from './column.ts';
import { ProblemAlert } from './problem-alert.tsx';
import { RowBlock } from './row-block.tsx';

export type { Column };

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

/** Rows that are drawn, or left out, together. */
const BLOCK = 50;

/** A list as a table: skeletons before the first answer, what went wrong, what to do when it is empty, and more at the end. */
export function RecordTable<Row>(props: RecordTableProps<Row>): ReactNode {
  const { rows, error, empty } = props;
  if (error !== null && error !== undefined && rows === undefined) return <ProblemAlert error={error} />;
  if (rows === undefined) return <Waiting />;
  if (rows.length > 0) return <Filled {...props} rows={rows} />;
  return (
    <Center mih={160}>
      <Text component="div" c="dimmed" ta="center">
        {empty}
      </Text>
    </Center>
  );
}

interface FilledProps<Row> extends RecordTableProps<Row> {
  readonly rows: readonly Row[];
}

function Filled<Row>({ label, columns, rows, keyOf, error, more }: FilledProps<Row>): ReactNode {
  const firsts = Array.from({ length: Math.ceil(rows.length / BLOCK) }, (_, at) => at * BLOCK);
  return (
    <Stack>
      <ProblemAlert error={error} />
      <Table.ScrollContainer minWidth={columns.length * 120}>
        <Table
          highlightOnHover
          stickyHeader
          aria-label={label}
          // How many there are is only known at the end.
          aria-rowcount={more === undefined ? rows.length + 1 : -1}
        >
          <Table.Thead>
            <Table.Tr aria-rowindex={1}>
              {columns.map(({ title, numeric }) => (
                <Table.Th key={title} ta={numeric === true ? 'right' : 'left'}>
                  {title}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          {firsts.map((first) => (
            <RowBlock
              key={first}
              rows={rows.slice(first, first + BLOCK)}
              columns={columns}
              keyOf={keyOf}
              first={first}
              alone={firsts.length === 1}
            />
          ))}
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

function Waiting(): ReactNode {
  return (
    <Stack gap="xs" aria-busy="true" aria-label="Loading">
      {Array.from({ length: SKELETON_ROWS }, (_, at) => (
        <Skeleton key={at} h={36} />
      ))}
    </Stack>
  );
}
