import { Alert, Card, Skeleton, Tabs } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { RunsTable } from '../runs/runs-table.tsx';
import { meQuery } from '../session/queries.ts';
import { Moment } from '../shell/moment.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { StateBadge } from '../shell/state-badge.tsx';
import { DefinitionText } from './definition-text.tsx';
import { MappingTab } from './page/mapping-tab.tsx';
import { OverviewTab } from './page/overview-tab.tsx';
import { PeopleTab } from './page/people-tab.tsx';
import { ScheduleTab } from './page/schedule-tab.tsx';
import { SettingsTab } from './page/settings-tab.tsx';
import { TABS, type ProviderTab } from './page/tabs.ts';
import { ProviderActions } from './provider-actions.tsx';
import { ProviderTraces } from './provider-traces.tsx';
import { healthOf, providerQuery, type ShownProvider } from './queries.ts';

/** One provider: how it is, its runs, its people, its definition, and what it left at the source. */
export function ProviderScreen(): ReactNode {
  const { name } = useParams({ from: '/inside/providers/$name' });
  const { data: provider, error } = useQuery(providerQuery(name));
  if (provider === undefined) return error === null ? <Skeleton h={240} /> : <ProblemAlert error={error} />;
  return (
    <Page title={name} lead={<Lead provider={provider} />} actions={<ProviderActions provider={provider} />}>
      {provider.lastError !== null && (
        <Alert color="red" title={provider.lastError}>
          {provider.lastErrorCode}, <Moment at={provider.lastErrorAt} />
        </Alert>
      )}
      {provider.warnings.map(({ path, code, message, remedy }) => (
        <Alert key={`${path} ${code}`} color="orange" title={message}>
          <span className="mono">{path}</span> {remedy}
        </Alert>
      ))}
      <Card withBorder>
        <Sections provider={provider} />
      </Card>
    </Page>
  );
}

function Lead({ provider }: { readonly provider: ShownProvider }): ReactNode {
  const { linked, enabled, gone } = provider.profiles;
  return (
    <>
      <StateBadge state={healthOf(provider)} /> {provider.connector}, {linked.toLocaleString('en')} people,{' '}
      {enabled.toLocaleString('en')} enabled, {gone.toLocaleString('en')} gone
    </>
  );
}

function Sections({ provider }: { readonly provider: ShownProvider }): ReactNode {
  const { data: me } = useSuspenseQuery(meQuery);
  const { tab = 'overview' } = useSearch({ from: '/inside/providers/$name' });
  const navigate = useNavigate({ from: '/providers/$name' });
  const admin = me?.role === 'admin';
  const shown = TABS.filter(({ value }) => admin || value !== 'source');
  return (
    <Tabs
      value={shown.some(({ value }) => value === tab) ? tab : 'overview'}
      keepMounted={false}
      onChange={(chosen) => void navigate({ search: chosen === null ? {} : { tab: chosen as ProviderTab } })}
    >
      <Tabs.List>
        {shown.map(({ value, label }) => (
          <Tabs.Tab key={value} value={value}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {shown.map(({ value }) => (
        <Tabs.Panel key={value} value={value} pt="md">
          <Section tab={value} provider={provider} admin={admin} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

interface SectionProps {
  readonly tab: ProviderTab;
  readonly provider: ShownProvider;
  readonly admin: boolean;
}

function Section({ tab, provider, admin }: SectionProps): ReactNode {
  switch (tab) {
    case 'overview':
      return <OverviewTab provider={provider} admin={admin} />;
    case 'runs':
      return <RunsTable filter={{ provider: provider.name }} />;
    case 'people':
      return <PeopleTab name={provider.name} />;
    case 'mapping':
      return admin ? (
        <MappingTab provider={provider} />
      ) : (
        <DefinitionText provider={provider} part="mapping" />
      );
    case 'schedule':
      return admin ? (
        <ScheduleTab provider={provider} />
      ) : (
        <DefinitionText provider={provider} part="changes" />
      );
    case 'settings':
      return admin ? <SettingsTab provider={provider} /> : <DefinitionText provider={provider} />;
    case 'source':
      return <ProviderTraces name={provider.name} />;
  }
}
