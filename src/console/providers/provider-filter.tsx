import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { providersQuery } from './queries.ts';

export interface ProviderFilterProps {
  readonly value: string | undefined;
  readonly onChange: (provider: string | undefined) => void;
}

/** Which provider the rows of a list are about; any unless one is chosen. */
export function ProviderFilter({ value, onChange }: ProviderFilterProps): ReactNode {
  const { data: providers } = useQuery(providersQuery);
  return (
    <Select
      label="Provider"
      placeholder="Any"
      data={providers?.items.map(({ name }) => name) ?? []}
      value={value ?? null}
      clearable
      clearButtonProps={{ 'aria-label': 'Any provider' }}
      w={200}
      onChange={(provider) => onChange(provider ?? undefined)}
    />
  );
}
