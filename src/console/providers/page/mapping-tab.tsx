import { Grid, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { EditingProvider } from '../forms/editing.tsx';
import { MappingFields } from '../forms/mapping/mapping-fields.tsx';
import { PreviewPanel } from '../forms/mapping/preview.tsx';
import { usePreview } from '../forms/mapping/use-preview.ts';
import type { ShownProvider } from '../queries.ts';
import { SaveBar } from './save-bar.tsx';
import { useEdited } from './use-edited.ts';

/** The mapping of a registered provider, with ten people beside it as they would become. */
export function MappingTab({ provider }: { readonly provider: ShownProvider }): ReactNode {
  const edited = useEdited(provider, true);
  const { editing, password } = edited;
  const preview = usePreview({ document: editing.document, password, wanted: true });
  const problems = [...editing.problems, ...preview.problems];
  return (
    <EditingProvider value={{ ...editing, problems }}>
      <Stack>
        <Grid gap="lg">
          <Grid.Col span={{ base: 12, lg: 6 }}>
            <MappingFields />
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 6 }}>
            <div className="beside">
              <PreviewPanel preview={preview} />
            </div>
          </Grid.Col>
        </Grid>
        <SaveBar name={provider.name} edited={edited} />
      </Stack>
    </EditingProvider>
  );
}
