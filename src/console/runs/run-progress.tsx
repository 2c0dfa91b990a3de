import { Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Run } from './queries.ts';

const SHOWN = [
  ['read', 'read', 'stream'],
  ['created', 'created', 'green'],
  ['linked', 'linked', 'teal'],
  ['updated', 'updated', 'blue'],
  ['returned', 'returned', 'cyan'],
  ['disabled', 'disabled', 'orange'],
  ['unchanged', 'unchanged', 'gray'],
  ['errors', 'cannot be used', 'red'],
  ['emails', 'e-mails', 'grape'],
] as const;

/** How far a run is: a bar where it is known how much there is, and what it came upon. */
export function RunProgress({ run }: { readonly run: Run }): ReactNode {
  const { counters, expected, state } = run;
  const read = counters.read ?? 0;
  const part = expected === null || expected === 0 ? null : Math.min(100, (read / expected) * 100);
  return (
    <Stack gap="sm">
      {part !== null && state !== 'done' && (
        <Progress value={part} size="lg" aria-label="Records read" animated={state === 'planning'} />
      )}
      <SimpleGrid cols={{ base: 3, sm: 5, lg: 9 }} aria-live="polite">
        {SHOWN.map(([counter, label, color]) => (
          <Stack key={counter} gap={0}>
            <Text fz="xl" fw={700} style={{ fontVariantNumeric: 'tabular-nums' }}>
              {(counters[counter] ?? 0).toLocaleString('en')}
            </Text>
            <Group gap={6} wrap="nowrap">
              <span
                aria-hidden
                style={{
                  width: 8,
                  height: 8,
                  flex: 'none',
                  borderRadius: 4,
                  background: `var(--mantine-color-${color}-6)`,
                }}
              />
              <Text size="sm" c="dimmed">
                {label}
              </Text>
            </Group>
          </Stack>
        ))}
      </SimpleGrid>
    </Stack>
  );
}
