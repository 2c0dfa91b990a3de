import { Card, SimpleGrid, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { waitingQuery, type WaitingWork } from './queries.ts';

const KINDS = [
  ['run', 'Runs'],
  ['email', 'E-mails'],
  ['write-back', 'Write-backs'],
] as const;

/** Work that has been due for so long is not being done. */
const STUCK_SECONDS = 300;

/** How much waits, and whether anybody is at it. */
export function WaitingCounts(): ReactNode {
  const { data, error } = useQuery(waitingQuery);
  if (data === undefined) return error === null ? <Skeleton h={96} /> : <ProblemAlert error={error} />;
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      {KINDS.map(([kind, label]) => (
        <Counted key={kind} label={label} found={data.items.find((one) => one.kind === kind)} />
      ))}
    </SimpleGrid>
  );
}

interface CountedProps {
  readonly label: string;
  readonly found: WaitingWork['items'][number] | undefined;
}

function Counted({ label, found }: CountedProps): ReactNode {
  const { pending = 0, due = 0, oldestDueSeconds = 0 } = found ?? {};
  return (
    <Card withBorder>
      <Text fw={600}>{label}</Text>
      <Text fz="xl" fw={700}>
        {pending.toLocaleString('en')}{' '}
        <Text span size="sm" c="dimmed" fw={400}>
          {pending === 0 ? 'wait' : `wait, ${due.toLocaleString('en')} of them for a worker`}
        </Text>
      </Text>
      <Text size="sm" c={oldestDueSeconds > STUCK_SECONDS ? '' : 'dimmed'}>
        {ageText(due, oldestDueSeconds)}
      </Text>
    </Card>
  );
}

function ageText(due: number, seconds: number): string {
  if (due === 0) return 'Nothing is late.';
  const minutes = Math.floor(seconds / 60);
  const age = minutes < 1 ? 'less than a minute' : `${minutes.toLocaleString('en')} min`;
  const advice = seconds > STUCK_SECONDS ? ' Is a worker running? tributary start --roles worker' : '';
  return `The oldest for ${age}.${advice}`;
}
