import { Button, Card, Group, SimpleGrid, Skeleton, Stack, Title } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { meQuery } from '../session/queries.ts';
import { CopyCommand } from '../shell/copy-command.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { StateBadge } from '../shell/state-badge.tsx';
import { PersonAccess } from './person-access.tsx';
import { PersonFields } from './person-fields.tsx';
import { PersonFlags } from './person-flags.tsx';
import { PersonMails, PersonWriteBacks } from './person-mails.tsx';
import { PersonResync } from './person-resync.tsx';
import { PersonTimeline } from './person-timeline.tsx';
import { PersonWayIn } from './person-way-in.tsx';
import { personQuery, type Person } from './queries.ts';
import { useCare } from './use-care.ts';

/** One person: what stands in the way, fields with their owner, flags, password and links, timeline, and what support can do. */
export function PersonScreen(): ReactNode {
  const { who } = useParams({ from: '/inside/people/$who' });
  const { data: me } = useSuspenseQuery(meQuery);
  const { data: person, error } = useQuery(personQuery(who));
  useFreshTimeline(who, person);
  if (person === undefined) return error === null ? <Waiting /> : <ProblemAlert error={error} />;
  const helps = me !== null && me.role !== 'viewer';
  return (
    <Page
      title={person.username}
      lead={<StateBadge state={person.enabled ? 'active' : 'disabled'} />}
      actions={
        <>
          <CopyCommand command={`profile show ${person.username}`} />
          {helps && <Enabled person={person} />}
        </>
      }
    >
      <PersonWayIn person={person} helps={helps} />
      <Parts person={person} helps={helps} />
    </Page>
  );
}

/** What an e-mail has come to is in the timeline, too. */
function useFreshTimeline(who: string, person: Person | undefined): void {
  const queries = useQueryClient();
  const id = person?.id ?? who;
  const [latest] = person?.emails ?? [];
  const moved = latest === undefined ? '' : `${latest.id} ${latest.state}`;
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ['profiles', id, 'timeline'] });
  }, [queries, id, moved]);
}

function Parts({ person, helps }: { readonly person: Person; readonly helps: boolean }): ReactNode {
  return (
    <>
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <Section title="Profile">
          <PersonFields person={person} helps={helps} />
        </Section>
        <Stack>
          <Section title="Onboarding">
            <PersonFlags person={person} helps={helps} />
          </Section>
          <Section title="Password and sessions">
            <PersonAccess person={person} helps={helps} />
          </Section>
        </Stack>
      </SimpleGrid>
      {person.link !== null && (
        <Section title="At the provider" id="provider">
          <PersonResync person={person} helps={helps} />
        </Section>
      )}
      <Section title="E-mails">
        <PersonMails person={person} />
      </Section>
      {person.writeBacks.length > 0 && (
        <Section title="Write-backs">
          <PersonWriteBacks person={person} />
        </Section>
      )}
      <Section title="What happened">
        <PersonTimeline who={person.id} />
      </Section>
    </>
  );
}

/** Disabling somebody asks first; both can be taken back. */
function Enabled({ person }: { readonly person: Person }): ReactNode {
  const { change } = useCare(person);
  const { enabled, disabledReason, username } = person;
  if (!enabled && disabledReason !== 'operator') return null;
  const set = (): void =>
    change.mutate({
      to: { enabled: !enabled },
      from: { enabled },
      said: enabled ? `${username} is disabled.` : `${username} is enabled.`,
    });
  const ask = (): string =>
    modals.openConfirmModal({
      title: `Disable ${username}?`,
      children: 'Signed out everywhere, and let in no more, until somebody enables this person again.',
      labels: { confirm: 'Disable', cancel: 'Cancel' },
      confirmProps: { color: 'red' },
      onConfirm: set,
    });
  return (
    <Button variant="default" loading={change.isPending} onClick={enabled ? ask : set}>
      {enabled ? 'Disable …' : 'Enable'}
    </Button>
  );
}

interface SectionProps {
  readonly title: string;
  readonly id?: string;
  readonly children: ReactNode;
}

function Section({ title, id, children }: SectionProps): ReactNode {
  return (
    <Card withBorder component="section" {...(id !== undefined && { id })}>
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
      {children}
    </Card>
  );
}

function Waiting(): ReactNode {
  return (
    <Stack aria-busy="true" aria-label="Loading">
      <Group>
        <Skeleton h={32} w={240} />
      </Group>
      <Skeleton h={80} />
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <Skeleton h={280} />
        <Skeleton h={280} />
      </SimpleGrid>
    </Stack>
  );
}
