import { Card, SimpleGrid, Skeleton, Stack, Table, Text, Timeline, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { causeText } from '../shell/cause-text.ts';
import { FieldChanges, type FieldChange } from '../shell/field-changes.tsx';
import { CopyCommand } from '../shell/copy-command.tsx';
import { Moment } from '../shell/moment.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { StateBadge } from '../shell/state-badge.tsx';
import { PersonAccess } from './person-access.tsx';
import { PersonFlags } from './person-flags.tsx';
import { PersonResync } from './person-resync.tsx';
import { personQuery, type Person } from './queries.ts';

/** One person: fields with their owner, flags, password and link, timeline, and what support can do. */
export function PersonScreen(): ReactNode {
  const { who } = useParams({ from: '/inside/people/$who' });
  const { data: person, error } = useQuery(personQuery(who));
  if (person === undefined) return error === null ? <Skeleton h={240} /> : <ProblemAlert error={error} />;
  return (
    <Page
      title={person.username}
      lead={<StateBadge state={person.enabled ? 'active' : 'disabled'} />}
      actions={<CopyCommand command={`profile show ${person.username}`} />}
    >
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <Section title="Profile">
          <Fields person={person} />
        </Section>
        <Stack>
          <Section title="Onboarding">
            <PersonFlags person={person} />
          </Section>
          <Section title="Password and sessions">
            <PersonAccess person={person} />
          </Section>
        </Stack>
      </SimpleGrid>
      {person.link !== null && (
        <Section title="At the provider">
          <PersonResync person={person} />
        </Section>
      )}
      <Section title="What happened">
        <Happened person={person} />
      </Section>
    </Page>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <Card withBorder component="section">
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
      {children}
    </Card>
  );
}

function Fields({ person }: { readonly person: Person }): ReactNode {
  return (
    <Table.ScrollContainer minWidth={320}>
      <Table aria-label="Fields">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Field</Table.Th>
            <Table.Th>Value</Table.Th>
            <Table.Th>Owner</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {person.fields.map(({ name, value, owner }) => (
            <Table.Tr key={name}>
              <Table.Td>{name}</Table.Td>
              <Table.Td>{value ?? '–'}</Table.Td>
              <Table.Td c="dimmed">{owner}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Happened({ person }: { readonly person: Person }): ReactNode {
  if (person.timeline.length === 0) return <Text c="dimmed">Nothing is known.</Text>;
  return (
    <Timeline bulletSize={14} lineWidth={2}>
      {person.timeline.map(({ at, kind, cause, detail }) => (
        <Timeline.Item key={`${at} ${kind}`} title={kind.replaceAll('-', ' ')}>
          <Text size="sm" c="dimmed">
            <Moment at={at} />, by {causeText(cause)}
          </Text>
          <Detail detail={detail} />
        </Timeline.Item>
      ))}
    </Timeline>
  );
}

function Detail({
  detail: { changes, ...rest },
}: {
  readonly detail: Person['timeline'][number]['detail'];
}): ReactNode {
  return (
    <>
      {typeof changes === 'object' && changes !== null && (
        <FieldChanges changes={changes as Readonly<Record<string, FieldChange>>} />
      )}
      {Object.keys(rest).length > 0 && (
        <Text size="xs" className="mono" style={{ overflowWrap: 'anywhere' }}>
          {Object.entries(rest)
            .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
            .join(', ')}
        </Text>
      )}
    </>
  );
}
