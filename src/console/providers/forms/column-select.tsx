import { Autocomplete, Select, TagsInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEditing } from './editing.tsx';

interface Common {
  readonly label: string;
  /** What the label leaves out, for those who cannot see where it stands. */
  readonly name?: string;
  readonly description?: ReactNode;
  readonly error?: ReactNode;
  readonly placeholder?: string;
  readonly required?: boolean;
}

export interface ColumnSelectProps extends Common {
  readonly value: string;
  readonly onChange: (column: string) => void;
}

/** One column: from the list where the table is known, by its name where it is not. */
export function ColumnSelect({ value, onChange, name, ...about }: ColumnSelectProps): ReactNode {
  const { table } = useEditing();
  const shown = { ...about, ...(name !== undefined && { 'aria-label': name }) };
  if (table === undefined) return <Autocomplete {...shown} value={value} onChange={onChange} data={[]} />;
  const names = table.columns.map((column) => column.name);
  const known = value === '' || names.includes(value) ? names : [value, ...names];
  return (
    <Select
      {...shown}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': `None: ${name ?? about.label}` }}
      data={known}
      value={value === '' ? null : value}
      nothingFoundMessage="There is no such column."
      renderOption={({ option }) => <Option name={option.value} />}
      onChange={(column) => onChange(column ?? '')}
    />
  );
}

function Option({ name }: { readonly name: string }): ReactNode {
  const { table } = useEditing();
  const column = table?.columns.find((known) => known.name === name);
  if (column === undefined) return name;
  const { type, looksLike } = column;
  return (
    <span>
      {name}{' '}
      <span className="mono dimmed">
        {type}
        {looksLike !== null && `, ${looksLike}`}
      </span>
    </span>
  );
}

export interface ColumnListProps extends Common {
  readonly value: readonly string[];
  readonly onChange: (columns: readonly string[]) => void;
  /** Before what is typed is taken over. */
  readonly onTyping?: () => void;
}

/** Several columns, in order. */
export function ColumnList({ value, onChange, onTyping, name, ...about }: ColumnListProps): ReactNode {
  const { table } = useEditing();
  const shown = { ...about, ...(name !== undefined && { 'aria-label': name }) };
  return (
    <TagsInput
      {...shown}
      data={table?.columns.map((column) => column.name) ?? []}
      value={[...value]}
      onChange={onChange}
      onSearchChange={() => onTyping?.()}
      splitChars={[',', ' ']}
    />
  );
}
