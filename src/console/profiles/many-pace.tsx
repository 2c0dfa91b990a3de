import { Group, NumberInput, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Pace } from './many-queries.ts';

export interface ManyPaceProps {
  readonly pace: Pace;
  readonly onChange: (pace: Pace) => void;
  readonly total: number;
  /** A part of them can go first. */
  readonly waves: boolean;
}

const MOST_PER_HOUR = 999_999;

/** How fast e-mails go out, and to how many. */
export function ManyPace({ pace, onChange, total, waves }: ManyPaceProps): ReactNode {
  return (
    <Stack gap="xs">
      <Group align="flex-start" grow>
        {waves && (
          <NumberInput
            label="How many people"
            description="By username; the others stay held."
            placeholder="all"
            min={1}
            max={total}
            allowDecimal={false}
            thousandSeparator=","
            value={pace.most ?? ''}
            onChange={(value) => onChange({ ...pace, most: numberOf(value) })}
          />
        )}
        <NumberInput
          label="E-mails an hour, at most"
          description="Empty: as fast as your mail server takes them."
          placeholder="no limit"
          min={1}
          max={MOST_PER_HOUR}
          allowDecimal={false}
          thousandSeparator=","
          value={pace.perHour ?? ''}
          onChange={(value) => onChange({ ...pace, perHour: numberOf(value) })}
        />
      </Group>
      {pace.perHour !== null && (
        <Text size="sm" c="dimmed" aria-live="polite">
          The last one goes out {duration(Math.min(total, pace.most ?? total), pace.perHour)}.
        </Text>
      )}
    </Stack>
  );
}

function numberOf(value: number | string): number | null {
  return typeof value === 'number' && value >= 1 ? Math.floor(value) : null;
}

const DAY_HOURS = 48;

/** The first goes out at once; the others follow at the same distance. */
function duration(count: number, perHour: number): string {
  const hours = (count - 1) / perHour;
  const format = (value: number, unit: 'minute' | 'hour' | 'day'): string =>
    new Intl.RelativeTimeFormat('en').format(Math.ceil(value), unit);
  if (hours <= 0) return 'at once';
  if (hours < 1) return format(hours * 60, 'minute');
  return hours < DAY_HOURS ? format(hours, 'hour') : format(hours / 24, 'day');
}
