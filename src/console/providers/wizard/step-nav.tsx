import { Box, NavLink, Progress, Stack, Text } from '@mantine/core';
import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { StepAbout, StepId } from './steps.ts';

export interface StepNavProps {
  readonly steps: readonly StepAbout[];
  readonly here: StepId;
  readonly furthest: StepId;
  readonly goTo: (step: StepId) => void;
}

/** The steps, of which those that were reached can be gone back to. On a telephone, how far one is. */
export function StepNav({ steps, here, furthest, goTo }: StepNavProps): ReactNode {
  const place = steps.findIndex(({ id }) => id === here);
  const reached = steps.findIndex(({ id }) => id === furthest);
  return (
    <>
      <Stack gap={4} hiddenFrom="md">
        <Text size="sm">
          Step {place + 1} of {steps.length}: {steps[place]?.short}
        </Text>
        <Progress value={((place + 1) / steps.length) * 100} aria-label="Steps done" />
      </Stack>
      <Box component="nav" aria-label="Steps" visibleFrom="md">
        {steps.map(({ id, short }, at) => (
          <NavLink
            key={id}
            component="button"
            type="button"
            label={short}
            leftSection={
              at < reached ? <IconCircleCheck size={18} aria-hidden /> : <IconCircle size={18} aria-hidden />
            }
            active={id === here}
            aria-current={id === here ? 'step' : undefined}
            aria-disabled={at > reached}
            tabIndex={at > reached ? -1 : 0}
            className={at > reached ? 'ahead' : ''}
            onClick={() => {
              if (at <= reached) goTo(id);
            }}
          />
        ))}
      </Box>
    </>
  );
}
