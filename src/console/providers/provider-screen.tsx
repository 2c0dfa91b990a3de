import { Alert, Card, Skeleton, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { RunsTable } from '../runs/runs-table.tsx';
import { Moment } from '../shell/moment.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { StateBadge } from '../shell/state-badge.tsx';
import { DefinitionText } from './definition-text.tsx';
import { ProviderActions } from './provider-actions.tsx';
import { ProviderTestPanel } from './provider-test.tsx';
import { ProviderTraces } from './provider-traces.tsx';
import { healthOf, providerQuery, type ShownProvider } from './queries.ts';
import { PlaceLink } from '../shell/place-link.tsx';

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
  return (
    <Tabs defaultValue="runs" keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="runs">Runs</Tabs.Tab>
        <Tabs.Tab value="people">People</Tabs.Tab>
        <Tabs.Tab value="checks">Checks</Tabs.Tab>
        <Tabs.Tab value="definition">Definition</Tabs.Tab>
        <Tabs.Tab value="traces">At the source</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="runs" pt="md">
        <RunsTable filter={{ provider: provider.name }} />
      </Tabs.Panel>
      <Tabs.Panel value="people" pt="md">
        <Text>
          <PlaceLink to="/people" search={{ provider: provider.name }}>
            {provider.profiles.linked.toLocaleString('en')} people of {provider.name}
          </PlaceLink>
        </Text>
      </Tabs.Panel>
      <Tabs.Panel value="checks" pt="md">
        <ProviderTestPanel name={provider.name} />
      </Tabs.Panel>
      <Tabs.Panel value="definition" pt="md">
        <DefinitionText definition={provider.definition} />
      </Tabs.Panel>
      <Tabs.Panel value="traces" pt="md">
        <ProviderTraces name={provider.name} />
      </Tabs.Panel>
    </Tabs>
  );
}
