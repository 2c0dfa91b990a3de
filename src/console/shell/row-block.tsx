import { Table } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Column } from './column.ts';

export interface RowBlockProps<Row> {
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  /** The place of the first row in the whole table, from 0. */
  readonly first: number;
  /** A table of one block is shown whole. */
  readonly alone: boolean;
}

/** How far outside of what is seen a block is still drawn, so that scrolling meets no gap. */
const MARGIN = '1200px 0px';

/** The header is the first row. */
const HEADER_ROWS = 1;

/**
 * Some rows of a long table. Out of sight they give way to one row of their
 * height, so that the page stays as small however many are loaded. Never while
 * the focus is in them.
 */
export function RowBlock<Row>(props: RowBlockProps<Row>): ReactNode {
  const { columns, alone } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  // Null: drawn. Otherwise the height that it had.
  const [height, setHeight] = useState<number | null>(null);
  useEffect(() => {
    const element = body.current;
    if (alone || element === null) return undefined;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry === undefined) return;
        if (entry.isIntersecting) setHeight(null);
        else if (!element.contains(document.activeElement)) setHeight(element.offsetHeight);
      },
      { rootMargin: MARGIN },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [alone]);
  return (
    <Table.Tbody ref={body}>
      {height === null || alone ? (
        <DrawnRows {...props} />
      ) : (
        <Table.Tr style={{ height }}>
          <Table.Td colSpan={columns.length} />
        </Table.Tr>
      )}
    </Table.Tbody>
  );
}

function DrawnRows<Row>({ rows, columns, keyOf, first }: RowBlockProps<Row>): ReactNode {
  return rows.map((row, at) => (
    <Table.Tr key={keyOf(row)} aria-rowindex={first + at + 1 + HEADER_ROWS}>
      {columns.map(({ title, cell, numeric }) => (
        <Table.Td key={title} ta={numeric === true ? 'right' : 'left'}>
          {cell(row)}
        </Table.Td>
      ))}
    </Table.Tr>
  ));
}
