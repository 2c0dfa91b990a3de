import { Card, Code, Group, Skeleton, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { CopyCommand } from '../shell/copy-command.tsx';
import { Page } from '../shell/page.tsx';
import { PlaceLink } from '../shell/place-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { Branding } from './branding.tsx';
import { Configuration } from './configuration.tsx';
import { HealthChecks } from './health-checks.tsx';
import { installationQuery, type Installation } from './queries.ts';

/** Whether all is well, what is set, how it looks, and which key seals what. */
export function SettingsScreen(): ReactNode {
  const { data, error } = useQuery(installationQuery);
  return (
    <Page title="Settings" lead={data === undefined ? undefined : <Versions installation={data} />}>
      <ProblemAlert error={data === undefined ? error : null} />
      {data === undefined ? error === null && <Skeleton h={400} /> : <Sections installation={data} />}
    </Page>
  );
}

function Versions({ installation }: { readonly installation: Installation }): ReactNode {
  const { version, node, roles } = installation;
  return `Tributary ${version} on Node ${node}; this server is ${roles.join(', ')}.`;
}

function Sections({ installation }: { readonly installation: Installation }): ReactNode {
  return (
    <Card withBorder>
      <Tabs defaultValue="health" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="health">Health</Tabs.Tab>
          <Tabs.Tab value="configuration">Configuration</Tabs.Tab>
          <Tabs.Tab value="branding">Branding</Tabs.Tab>
          <Tabs.Tab value="keys">Keys and access</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="health" pt="md">
          <HealthChecks />
        </Tabs.Panel>
        <Tabs.Panel value="configuration" pt="md">
          <Configuration settings={installation.settings} />
        </Tabs.Panel>
        <Tabs.Panel value="branding" pt="md">
          <Branding branding={installation.branding} />
        </Tabs.Panel>
        <Tabs.Panel value="keys" pt="md">
          <Keys installation={installation} />
        </Tabs.Panel>
      </Tabs>
    </Card>
  );
}

function Keys({ installation }: { readonly installation: Installation }): ReactNode {
  return (
    <Stack>
      <Group>
        <Text fw={600}>The key that seals secrets</Text>
        <Code>{installation.keyId}</Code>
      </Group>
      <Text size="sm">
        This names the key and tells nothing about it. It comes from <Code>TRIBUTARY_SECRET_KEY</Code>, or
        from <Code>secret.key</Code> in the data directory. Keep a copy of the key apart from the copies of
        the store: one opens nothing without the other.
      </Text>
      <Text size="sm">
        Programs sign in with <PlaceLink to="/tokens">tokens</PlaceLink>, people who run this with{' '}
        <PlaceLink to="/operators">operator accounts</PlaceLink>; each system that pushes records has a key of
        its own, under its <PlaceLink to="/providers">provider</PlaceLink>.
      </Text>
      <Group>
        <CopyCommand command="token list" />
        <CopyCommand command="operator list" />
      </Group>
    </Stack>
  );
}
