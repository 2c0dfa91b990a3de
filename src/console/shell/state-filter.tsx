import { Select } from '@mantine/core';
import type { ReactNode } from 'react';

export interface StateFilterProps<State extends string> {
  readonly states: readonly State[];
  readonly value: State | undefined;
  readonly onChange: (state: State | undefined) => void;
}

/** Which state the rows of a list are in; any unless one is chosen. */
export function StateFilter<State extends string>({
  states,
  value,
  onChange,
}: StateFilterProps<State>): ReactNode {
  return (
    <Select
      label="State"
      placeholder="Any"
      data={[...states]}
      value={value ?? null}
      clearable
      clearButtonProps={{ 'aria-label': 'Any state' }}
      w={160}
      onChange={(state) => onChange(state ?? undefined)}
    />
  );
}
