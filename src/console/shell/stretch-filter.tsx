import { Select, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { StretchSearch } from './read-stretch.ts';

export interface StretchFilterProps {
  readonly value: StretchSearch;
  readonly onChange: (change: StretchSearch) => void;
}

const ENDS = [
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
];

/** Between which days the rows of a list are, and which end comes first. */
export function StretchFilter({ value: { sort, from, to }, onChange }: StretchFilterProps): ReactNode {
  return (
    <>
      <TextInput
        label="From"
        type="date"
        value={from ?? ''}
        onChange={({ currentTarget: { value } }) => onChange({ from: value === '' ? undefined : value })}
      />
      <TextInput
        label="To"
        type="date"
        value={to ?? ''}
        onChange={({ currentTarget: { value } }) => onChange({ to: value === '' ? undefined : value })}
      />
      <Select
        label="Order"
        data={ENDS}
        value={sort ?? 'newest'}
        allowDeselect={false}
        w={150}
        onChange={(end) => onChange({ sort: end === 'oldest' ? 'oldest' : undefined })}
      />
    </>
  );
}
