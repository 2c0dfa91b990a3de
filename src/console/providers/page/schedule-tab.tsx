import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { ChangesFields } from '../forms/changes-fields.tsx';
import { EditingProvider } from '../forms/editing.tsx';
import { ScheduleFields } from '../forms/schedule-fields.tsx';
import type { ShownProvider } from '../queries.ts';
import { SaveBar } from './save-bar.tsx';
import { useEdited } from './use-edited.ts';

/** When runs of a registered provider start, and how changes are found in between. */
export function ScheduleTab({ provider }: { readonly provider: ShownProvider }): ReactNode {
  const edited = useEdited(provider, true);
  return (
    <EditingProvider value={edited.editing}>
      <Stack gap="xl">
        <ScheduleFields />
        <ChangesFields />
        <SaveBar name={provider.name} edited={edited} />
      </Stack>
    </EditingProvider>
  );
}
