import { Group, List, Select, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { absoluteTime } from '../../shell/time-text.ts';
import { at, textAt } from '../draft/document.ts';
import {
  CHOICES,
  DAYS,
  readSchedule,
  scheduleText,
  writeSchedule,
  type SpokenSchedule,
} from '../draft/schedule.ts';
import { nextTimesQuery } from '../queries.ts';
import { problemsAt, useEditing } from './editing.tsx';

/** When runs start by themselves, in words, with the times that come next. */
export function ScheduleFields(): ReactNode {
  const { document } = useEditing();
  const polled = at(document, 'changes.mode') === 'poll';
  return (
    <Stack gap="lg">
      <When
        path="changes.full"
        label="Read everything"
        text="The full run. It finds deletions, and mends whatever was missed in between. Keep one on the schedule, at a quiet hour."
      />
      {polled && (
        <When
          path="changes.delta"
          label="Ask what changed"
          text="The delta run, between full runs. It reads what has changed and nothing else."
        />
      )}
      <TimeZone />
    </Stack>
  );
}

interface WhenProps {
  readonly path: 'changes.full' | 'changes.delta';
  readonly label: string;
  readonly text: string;
}

function When({ path, label, text }: WhenProps): ReactNode {
  const { document, change } = useEditing();
  const cron = at(document, path) as string | undefined;
  const spoken = readSchedule(cron);
  const say = (over: Partial<SpokenSchedule>): void => {
    const said = { ...spoken, ...over };
    change(path, writeSchedule(over.every === 'custom' ? { ...said, cron: cron ?? '0 3 * * *' } : said));
  };
  return (
    <Stack gap="xs">
      <Group align="flex-end">
        <Select
          label={label}
          description={text}
          data={CHOICES}
          value={spoken.every}
          allowDeselect={false}
          w={{ base: '100%', sm: 420 }}
          onChange={(every) => say({ every: (every ?? 'never') as SpokenSchedule['every'] })}
        />
        <Hour label={label} spoken={spoken} say={say} />
      </Group>
      {spoken.every === 'custom' && <Custom path={path} label={label} />}
      {cron !== undefined && <NextTimes cron={cron} />}
      {cron === undefined && path === 'changes.full' && (
        <Text size="sm">People whose record is gone stay enabled until somebody starts a full run.</Text>
      )}
    </Stack>
  );
}

interface HourProps {
  readonly label: string;
  readonly spoken: SpokenSchedule;
  readonly say: (over: Partial<SpokenSchedule>) => void;
}

const ONCE_A_DAY: readonly SpokenSchedule['every'][] = ['day', 'weekday', 'week'];

/** The hour of what happens once a day, and the day of what happens once a week. */
function Hour({ label, spoken, say }: HourProps): ReactNode {
  return (
    <>
      {ONCE_A_DAY.includes(spoken.every) && (
        <TextInput
          type="time"
          label="at"
          aria-label={`${label} at`}
          value={spoken.time}
          onChange={({ currentTarget }) =>
            say({ time: currentTarget.value === '' ? '03:00' : currentTarget.value })
          }
        />
      )}
      {spoken.every === 'week' && (
        <Select
          label="on"
          aria-label={`${label} on`}
          data={DAYS.map((name, day) => ({ value: String(day), label: name }))}
          value={String(spoken.day)}
          allowDeselect={false}
          onChange={(day) => say({ day: Number(day) })}
        />
      )}
    </>
  );
}

function Custom({ path, label }: Pick<WhenProps, 'path' | 'label'>): ReactNode {
  const { document, change, problems } = useEditing();
  return (
    <TextInput
      label="Schedule"
      aria-label={`Schedule: ${label}`}
      description="Minute, hour, day, month and weekday, for example 0 3 * * 1-5."
      value={textAt(document, path)}
      classNames={{ input: 'mono' }}
      error={problemsAt(problems, path)}
      onChange={({ currentTarget }) => change(path, currentTarget.value)}
    />
  );
}

/** The next five times of a schedule. */
export function NextTimes({ cron }: { readonly cron: string }): ReactNode {
  const { document } = useEditing();
  const zone = textAt(document, 'changes.timeZone');
  return <TimesOf cron={cron} timeZone={zone === '' ? undefined : zone} />;
}

export function TimesOf({
  cron,
  timeZone,
}: {
  readonly cron: string;
  readonly timeZone: string | undefined;
}): ReactNode {
  const { data, error } = useQuery(nextTimesQuery(cron, timeZone));
  if (error !== null)
    return (
      <Text size="sm" c="var(--mantine-color-error)" role="alert">
        This is no schedule: {error.message}
      </Text>
    );
  if (data === undefined) return <Skeleton h={96} />;
  return (
    <div>
      <Text size="sm" c="dimmed">
        {sentence(scheduleText(cron))}, next:
      </Text>
      <List size="sm" aria-label="The next five times">
        {data.map((time) => (
          <List.Item key={time}>
            <time dateTime={time}>{absoluteTime(new Date(time))}</time>
          </List.Item>
        ))}
      </List>
    </div>
  );
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function TimeZone(): ReactNode {
  const { document, change, problems } = useEditing();
  const zone = textAt(document, 'changes.timeZone');
  return (
    <Select
      label="Time zone"
      description="In which the hours above are meant. The times next to them are yours."
      placeholder="the server’s"
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'The server’s time zone' }}
      data={Intl.supportedValuesOf('timeZone')}
      value={zone === '' ? null : zone}
      error={problemsAt(problems, 'changes.timeZone')}
      maw={420}
      onChange={(chosen) => change('changes.timeZone', chosen ?? undefined)}
    />
  );
}
