import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';

const COLORS: Readonly<Record<string, string>> = {
  queued: 'gray',
  planning: 'blue',
  applying: 'blue',
  held: 'orange',
  done: 'green',
  failed: 'red',
  rejected: 'gray',
  pending: 'blue',
  written: 'green',
  missing: 'orange',
  conflict: 'orange',
  superseded: 'gray',
  sent: 'green',
  undeliverable: 'red',
  cancelled: 'gray',
  active: 'green',
  disabled: 'gray',
  paused: 'gray',
  healthy: 'green',
  failing: 'red',
  planned: 'blue',
  applied: 'green',
  skipped: 'gray',
  error: 'red',
  warning: 'orange',
  ok: 'green',
  warn: 'orange',
  fail: 'red',
  waiting: 'blue',
  'under way': 'blue',
  ready: 'green',
  absent: 'orange',
  broken: 'red',
};

/** A state by its own word; the colour only repeats what the word says. */
export function StateBadge({ state }: { readonly state: string }): ReactNode {
  return (
    <Badge variant="dot" color={COLORS[state] ?? 'gray'} tt="none" miw="max-content">
      {state}
    </Badge>
  );
}
