import { Grid } from '@mantine/core';
import type { ReactNode } from 'react';
import { MappingFields } from '../forms/mapping/mapping-fields.tsx';
import { PreviewPanel } from '../forms/mapping/preview.tsx';
import { useWizard } from './wizard.ts';

/** The mapping, with ten people beside it as they would become. */
export function MappingStep(): ReactNode {
  const { preview, reachable } = useWizard();
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 6 }}>
        <MappingFields />
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 6 }}>
        {reachable && (
          <div className="beside">
            <PreviewPanel preview={preview} />
          </div>
        )}
      </Grid.Col>
    </Grid>
  );
}
