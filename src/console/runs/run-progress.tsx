import { Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useNow } from '../shell/use-now.ts';
import { isOver, type Run } from './queries.ts';
import { paceText } from './run-pace.ts';
import { RunPhases } from './run-phases.tsx';

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
  ['applied', 'applied', 'lime'],
  ['skipped', 'left out', 'yellow'],
] as const;

const PLANNED = ['created', 'linked', 'updated', 'returned', 'disabled'] as const;

/** How far a run is: its phases, a bar where it is known how much there is, and what it came upon. */
export function RunProgress({ run }: { readonly run: Run }): ReactNode {
  return (
    <Stack gap="md">
      <RunPhases run={run} />
      {!isOver(run.state) && <Bar run={run} />}
      <SimpleGrid cols={{ base: 3, sm: 4, lg: 6, xl: 11 }} aria-live="polite">
        {SHOWN.map(([counter, label, color]) => (
          <Counter key={counter} value={run.counters[counter] ?? 0} label={label} color={color} />
        ))}
      </SimpleGrid>
    </Stack>
  );
}

function Bar({ run }: { readonly run: Run }): ReactNode {
  const now = useNow();
  const { done, of, what } = partOf(run);
  if (of === null || of === 0 || run.state === 'held') return null;
  const part = Math.min(100, (done / of) * 100);
  const pace = paceText(run, now);
  return (
    <div>
      <Progress value={part} size="lg" aria-label={what} animated />
      <Text size="sm" c="dimmed" mt={4}>
        {done.toLocaleString('en')} of {of.toLocaleString('en')} {what.toLowerCase()}
        {pace !== null && ` · ${pace}`}
      </Text>
    </div>
  );
}

function partOf({ counters, expected, planned, state }: Run): {
  readonly done: number;
  readonly of: number | null;
  readonly what: string;
} {
  if (state === 'applying' && planned) {
    const of = PLANNED.reduce((sum, counter) => sum + (counters[counter] ?? 0), 0);
    return { done: (counters.applied ?? 0) + (counters.skipped ?? 0), of, what: 'Changes applied' };
  }
  return { done: counters.read ?? 0, of: expected, what: 'Records read' };
}

interface CounterProps {
  readonly value: number;
  readonly label: string;
  readonly color: string;
}

function Counter({ value, label, color }: CounterProps): ReactNode {
  const background = `var(--mantine-color-${color}-6)`;
  return (
    <Stack gap={0}>
      <Text fz="xl" fw={700} c={value === 0 ? 'dimmed' : ''} style={TABULAR}>
        {value.toLocaleString('en')}
      </Text>
      <Group gap={6} wrap="nowrap">
        <span aria-hidden style={{ width: 8, height: 8, flex: 'none', borderRadius: 4, background }} />
        <Text size="sm" c="dimmed">
          {label}
        </Text>
      </Group>
    </Stack>
  );
}

const TABULAR = { fontVariantNumeric: 'tabular-nums' } as const;
