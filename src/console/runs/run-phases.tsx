import { Group, Text, ThemeIcon } from '@mantine/core';
import { IconCheck, IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Run } from './queries.ts';

type StepState = 'done' | 'now' | 'later' | 'held' | 'failed';

interface Step {
  readonly label: string;
  readonly detail: string;
  readonly state: StepState;
}

const PHASES: Readonly<Record<NonNullable<Run['phase']>, string>> = {
  pages: 'reading records',
  digests: 'comparing digests',
  buckets: 'reading what differs',
  staging: 'reading what changed',
  keys: 'reading the changed records',
};

const ICONS = {
  done: { icon: IconCheck, color: 'green' },
  now: { icon: IconPlayerPlay, color: 'blue' },
  later: { icon: null, color: 'gray' },
  held: { icon: IconPlayerPause, color: 'orange' },
  failed: { icon: IconX, color: 'red' },
} as const;

const WORDS: Readonly<Record<StepState, string>> = {
  done: 'done',
  now: 'under way',
  later: 'not yet',
  held: 'waits for a decision',
  failed: 'ended here',
};

/** The way of a run, and where on it the run is. */
export function RunPhases({ run }: { readonly run: Run }): ReactNode {
  return (
    <Group component="ol" gap="xl" m={0} p={0} style={{ listStyle: 'none' }} aria-label="Phases">
      {stepsOf(run).map((step) => (
        <PhaseStep key={step.label} step={step} />
      ))}
    </Group>
  );
}

function PhaseStep({ step: { label, detail, state } }: { readonly step: Step }): ReactNode {
  const { icon: Icon, color } = ICONS[state];
  const isNow = state === 'now' || state === 'held';
  return (
    <li aria-current={isNow ? 'step' : undefined}>
      <Group gap="xs" wrap="nowrap">
        <ThemeIcon color={color} variant={state === 'later' ? 'outline' : 'light'} radius="xl" aria-hidden>
          {Icon === null ? null : <Icon size={16} />}
        </ThemeIcon>
        <div>
          <Text size="sm" fw={isNow ? 700 : 500}>
            {label}
          </Text>
          <Text size="xs" c="dimmed">
            {detail === '' ? WORDS[state] : detail}
          </Text>
        </div>
      </Group>
    </li>
  );
}

/** A first import has nothing to compare: it is applied as it is read. */
function stepsOf(run: Run): readonly Step[] {
  const { state, planned, dryRun } = run;
  const failed = state === 'failed';
  const place = { queued: 0, planning: 1, held: 2, applying: 3, done: 4, rejected: 2, failed: failedAt(run) }[
    state
  ];
  const at = (step: number): StepState => {
    if (step === place) return failed ? 'failed' : 'now';
    return step < place ? 'done' : 'later';
  };
  const phase = run.phase === null || state !== 'planning' ? '' : PHASES[run.phase];
  const asked: Step = { label: 'Asked for', detail: '', state: at(0) };
  const finished: Step = {
    label: state === 'rejected' ? 'Rejected' : 'Finished',
    detail: state === 'rejected' ? 'nothing was done' : '',
    state: state === 'rejected' ? 'failed' : at(4) === 'now' ? 'done' : at(4),
  };
  if (!planned) return [asked, { label: 'Importing', detail: 'as it is read', state: at(3) }, finished];
  const plan: Step = { label: 'Planning', detail: phase, state: at(1) };
  const guard: Step = {
    label: 'Safeguards',
    detail: guardDetail(run),
    state: state === 'held' ? 'held' : state === 'rejected' ? 'done' : at(2),
  };
  if (dryRun) return [asked, plan, finished];
  return [
    asked,
    plan,
    guard,
    { label: 'Applying', detail: '', state: state === 'rejected' ? 'later' : at(3) },
    finished,
  ];
}

/** A run that failed says not where; what it has done says it. */
function failedAt({ startedAt, counters, planned, planHash }: Run): number {
  if (startedAt === null) return 0;
  return (counters.applied ?? 0) > 0 || !planned || planHash !== null ? 3 : 1;
}

function guardDetail({ heldReasons, decidedBy, state }: Run): string {
  if (state === 'held') return 'wait for a decision';
  if (heldReasons === null || decidedBy === null) return '';
  return `decided by ${decidedBy}`;
}
