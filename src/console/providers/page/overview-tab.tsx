import { Alert, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useMay } from '../../session/use-may.ts';
import { causeText } from '../../shell/cause-text.ts';
import { Moment } from '../../shell/moment.tsx';
import { PlaceLink } from '../../shell/place-link.tsx';
import { RecordTable, type Column } from '../../shell/record-table.tsx';
import { StateBadge } from '../../shell/state-badge.tsx';
import { at, textAt } from '../draft/document.ts';
import { TimesOf } from '../forms/schedule-fields.tsx';
import { ProviderTestPanel } from '../provider-test.tsx';
import type { ShownProvider } from '../queries.ts';
import { PushKeyTools } from './push-key-tools.tsx';

/** How a provider is: what waits, who came by it, what ran last and runs next, and what happened to it. */
export function OverviewTab({
  provider,
  admin,
}: {
  readonly provider: ShownProvider;
  readonly admin: boolean;
}): ReactNode {
  const mayTest = useMay('support');
  const push = at(provider.definition, 'changes.mode') === 'push';
  return (
    <Stack gap="xl">
      {provider.pausedAt !== null && (
        <Alert color="stream" title="It is paused">
          Nothing runs by itself since <Moment at={provider.pausedAt} />.
          {admin && ' Resume it, or start a run: Sync, above.'}
        </Alert>
      )}
      <Figures provider={provider} />
      <Next provider={provider} />
      {push && admin && <PushKeyTools provider={provider} />}
      {mayTest && (
        <section>
          <Title order={2} size="h4" mb="sm">
            Checks
          </Title>
          <ProviderTestPanel provider={provider} />
        </section>
      )}
      <Timeline provider={provider} />
    </Stack>
  );
}

function Figures({ provider }: { readonly provider: ShownProvider }): ReactNode {
  const { profiles, lastRun, follower } = provider;
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }}>
      <Figure title="People" value={profiles.linked.toLocaleString('en')} />
      <Figure title="May sign in" value={profiles.enabled.toLocaleString('en')} />
      <Figure title="Record is gone" value={profiles.gone.toLocaleString('en')} />
      <Figure
        title="Last run"
        value={
          lastRun === null ? (
            'never'
          ) : (
            <PlaceLink to="/runs/$id" params={{ id: lastRun.id }}>
              {lastRun.kind}, {lastRun.state}
            </PlaceLink>
          )
        }
      >
        {lastRun !== null && <Moment at={lastRun.createdAt} />}
      </Figure>
      {follower !== null && (
        <Figure title="Changes as they happen" value={<StateBadge state={follower.state} />}>
          {follower.reason ?? `${follower.lagSeconds.toLocaleString('en')} seconds behind`}
        </Figure>
      )}
    </SimpleGrid>
  );
}

interface FigureProps {
  readonly title: string;
  readonly value: ReactNode;
  readonly children?: ReactNode;
}

function Figure({ title, value, children }: FigureProps): ReactNode {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {title}
      </Text>
      <Text component="div" fz="lg" fw={600}>
        {value}
      </Text>
      <Text component="div" size="sm" c="dimmed">
        {children}
      </Text>
    </div>
  );
}

function Next({ provider }: { readonly provider: ShownProvider }): ReactNode {
  const changes = provider.definition['changes'];
  const [full, delta, zone] = ['full', 'delta', 'timeZone'].map((key) => textAt(changes, key));
  const timeZone = zone === '' ? undefined : zone;
  return (
    <section>
      <Title order={2} size="h4" mb="sm">
        Runs to come
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <div>
          <Text fw={600}>Full</Text>
          {full === '' || full === undefined ? (
            <Text size="sm">None is on the schedule.</Text>
          ) : (
            <TimesOf cron={full} timeZone={timeZone} />
          )}
        </div>
        {delta !== '' && delta !== undefined && (
          <div>
            <Text fw={600}>Delta</Text>
            <TimesOf cron={delta} timeZone={timeZone} />
          </div>
        )}
      </SimpleGrid>
    </section>
  );
}

type ProviderEvent = ShownProvider['events'][number];

const EVENTS: readonly Column<ProviderEvent>[] = [
  { title: 'When', cell: ({ at: moment }) => <Moment at={moment} /> },
  { title: 'What', cell: ({ kind }) => kind },
  { title: 'By', cell: ({ cause }) => causeText(cause) },
  {
    title: 'More',
    cell: ({ detail }) => (
      <span className="mono">{Object.keys(detail).length > 0 && JSON.stringify(detail)}</span>
    ),
  },
];

function Timeline({ provider }: { readonly provider: ShownProvider }): ReactNode {
  return (
    <section>
      <Title order={2} size="h4" mb="sm">
        What happened
      </Title>
      <RecordTable
        label="Timeline"
        columns={EVENTS}
        rows={provider.events}
        keyOf={({ at: moment, kind }) => `${moment} ${kind}`}
        error={null}
        empty="Nothing out of the ordinary."
      />
    </section>
  );
}
