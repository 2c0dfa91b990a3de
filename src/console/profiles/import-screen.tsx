import { Card, Stepper } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { Page } from '../shell/page.tsx';
import { ImportColumns } from './import-columns.tsx';
import { ImportFile } from './import-file.tsx';
import { ImportPreviewStep } from './import-preview.tsx';
import { ImportRun } from './import-run.tsx';
import type { Columns, FileLook, ImportOrder } from './import-queries.ts';

interface Chosen {
  readonly file: File;
  readonly look: FileLook;
}

/** People from a CSV file: choose it, say what its columns hold, see what would happen, and do it. */
export function ImportScreen(): ReactNode {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [columns, setColumns] = useState<Columns | null>(null);
  const [order, setOrder] = useState<ImportOrder | null>(null);
  const step = order !== null ? 3 : columns !== null ? 2 : chosen !== null ? 1 : 0;
  const restart = (): void => {
    setOrder(null);
    setColumns(null);
    setChosen(null);
  };
  const back = (to: number): void => {
    if (order !== null || to >= step) return;
    if (to < 2) setColumns(null);
    if (to < 1) setChosen(null);
  };
  return (
    <Page
      title="Import people"
      lead="A CSV file with a line for each person. Nobody who exists is changed or removed."
    >
      <Card withBorder>
        <Steps active={step} back={back}>
          <Stepper.Step label="File" description={chosen?.file.name ?? 'choose it'}>
            <ImportFile chosen={(file, look) => setChosen({ file, look })} />
          </Stepper.Step>
          <Stepper.Step label="Columns" description="what they hold">
            {chosen !== null && (
              <ImportColumns look={chosen.look} done={setColumns} back={() => setChosen(null)} />
            )}
          </Stepper.Step>
          <Stepper.Step label="Check" description="nothing is changed yet">
            {chosen !== null && columns !== null && (
              <ImportPreviewStep
                file={chosen.file}
                columns={columns}
                start={setOrder}
                back={() => setColumns(null)}
              />
            )}
          </Stepper.Step>
          <Stepper.Step label="Import" description="and what came of it">
            {order !== null && <ImportRun order={order} restart={restart} />}
          </Stepper.Step>
        </Steps>
      </Card>
    </Page>
  );
}

interface StepsProps {
  readonly active: number;
  readonly back: (step: number) => void;
  readonly children: ReactNode;
}

/** Below Mantine's "sm" the steps do not fit beside each other. */
function Steps({ active, back, children }: StepsProps): ReactNode {
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  return (
    <Stepper
      active={active}
      onStepClick={back}
      size="sm"
      allowNextStepsSelect={false}
      orientation={narrow ? 'vertical' : 'horizontal'}
    >
      {children}
    </Stepper>
  );
}
