import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Overview, Span } from './queries.ts';

type Step = Overview['activity'][number];
type Counted = Exclude<keyof Step, 'at'>;

interface Series {
  readonly name: Counted;
  readonly label: string;
  readonly color: string;
}

const PEOPLE: readonly Series[] = [
  { name: 'created', label: 'New', color: 'teal.7' },
  { name: 'updated', label: 'Changed', color: 'blue.6' },
  { name: 'disabled', label: 'Disabled', color: 'orange.7' },
  { name: 'errors', label: 'Cannot be used', color: 'red.7' },
];

const MAIL: readonly Series[] = [
  { name: 'registrationsSent', label: 'Invitations sent', color: 'grape.6' },
  { name: 'resetsSent', label: 'Resets sent', color: 'yellow.7' },
  { name: 'passwordsSet', label: 'Passwords set', color: 'teal.7' },
  { name: 'writtenBack', label: 'Carried back', color: 'blue.6' },
];

export interface ActivityChartsProps {
  readonly activity: readonly Step[];
  readonly span: Span;
}

/** What runs did to people, and what people did; the same numbers as a table below. */
export function ActivityCharts({ activity, span }: ActivityChartsProps): ReactNode {
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
        <Chart title="People, by runs" series={PEOPLE} activity={activity} span={span} />
        <Chart title="Mail and passwords" series={MAIL} activity={activity} span={span} />
      </SimpleGrid>
      <details>
        <summary>As a table</summary>
        <AsTable activity={activity} span={span} />
      </details>
    </Stack>
  );
}

/** In the zone of whoever looks; a day is the one in UTC, which is how they are counted. */
function stepText(at: string, span: Span): string {
  const format: Intl.DateTimeFormatOptions =
    span === 'day'
      ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
      : { day: 'numeric', month: 'short', timeZone: 'UTC' };
  return new Intl.DateTimeFormat('en', format).format(new Date(at));
}

interface ChartProps extends ActivityChartsProps {
  readonly title: string;
  readonly series: readonly Series[];
}

function Chart({ title, series, activity, span }: ChartProps): ReactNode {
  const total = (name: Counted): number => activity.reduce((sum, step) => sum + step[name], 0);
  const inWords = series.map(({ name, label }) => `${label}: ${total(name).toLocaleString('en')}`).join(', ');
  return (
    <figure style={{ margin: 0 }}>
      <Title order={3} size="h5" mb="xs">
        {title}
      </Title>
      {series.every(({ name }) => total(name) === 0) ? (
        <Text size="sm" c="dimmed">
          Nothing in this time.
        </Text>
      ) : (
        <div role="img" aria-label={`${title}. ${inWords}`}>
          <BarChart
            h={240}
            data={activity.map((step) => ({ ...step, at: stepText(step.at, span) }))}
            dataKey="at"
            type="stacked"
            series={[...series]}
            withLegend
            legendProps={{ position: 'bottom' }}
            tickLine="none"
            maxBarWidth={40}
            barChartProps={{ accessibilityLayer: false }}
            barProps={{ isAnimationActive: false }}
            yAxisProps={{ allowDecimals: false, width: 48 }}
            valueFormatter={(value) => value.toLocaleString('en')}
          />
        </div>
      )}
    </figure>
  );
}

function AsTable({ activity, span }: ActivityChartsProps): ReactNode {
  const series = [...PEOPLE, ...MAIL];
  return (
    <Table.ScrollContainer minWidth={900}>
      <Table aria-label="Activity" fz="sm" verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{span === 'day' ? 'Hour' : 'Day'}</Table.Th>
            {series.map(({ name, label }) => (
              <Table.Th key={name} ta="right">
                {label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {activity.map((step) => (
            <Table.Tr key={step.at}>
              <Table.Td>{stepText(step.at, span)}</Table.Td>
              {series.map(({ name }) => (
                <Table.Td key={name} ta="right">
                  {step[name].toLocaleString('en')}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
