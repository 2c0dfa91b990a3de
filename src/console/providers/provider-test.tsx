import { Button, Code, Group, Stack, Table, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { StateBadge } from '../shell/state-badge.tsx';
import { testProvider, type ProviderTest } from './queries.ts';

/** Looks for everything that would stop a provider from working, and says how to mend each. */
export function ProviderTestPanel({ name }: { readonly name: string }): ReactNode {
  const testing = useMutation({ mutationFn: async () => await testProvider(name) });
  return (
    <Stack>
      <Group>
        <Button onClick={() => testing.mutate()} loading={testing.isPending}>
          Run the checks
        </Button>
        {testing.data !== undefined && (
          <Text>{testing.data.ready ? 'It is ready.' : 'It is not ready yet.'}</Text>
        )}
      </Group>
      <ProblemAlert error={testing.error} />
      {testing.data !== undefined && <Findings findings={testing.data.findings} />}
    </Stack>
  );
}

function Findings({ findings }: { readonly findings: ProviderTest['findings'] }): ReactNode {
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table aria-label="Findings">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Step</Table.Th>
            <Table.Th>Result</Table.Th>
            <Table.Th>What was found</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {findings.map(({ step, severity, code, message, remedy }) => (
            <Table.Tr key={`${step} ${code} ${message}`}>
              <Table.Td>{step}</Table.Td>
              <Table.Td>
                <StateBadge state={severity} />
              </Table.Td>
              <Table.Td>
                <Text size="sm">{message}</Text>
                {remedy !== '' && (
                  <Code block mt={4} style={{ whiteSpace: 'pre-wrap' }}>
                    {remedy}
                  </Code>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
