import { Badge, Button, Group, Skeleton, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { browserText } from '../shell/browser-text.ts';
import { Moment } from '../shell/moment.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { endSession, sessionsQuery, type OwnSession } from './queries.ts';

/** Every place one is signed in at, each of which can be ended from here. */
export function OwnSessions({ current }: { readonly current: string }): ReactNode {
  const queries = useQueryClient();
  const { data, error } = useQuery(sessionsQuery);
  const ending = useMutation({
    mutationFn: endSession,
    onSettled: async () => await queries.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  if (error !== null) return <ProblemAlert error={error} />;
  if (data === undefined) return <Skeleton h={80} />;
  return (
    <>
      <ProblemAlert error={ending.error} />
      <Table.ScrollContainer minWidth={520}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Browser</Table.Th>
              <Table.Th>Address</Table.Th>
              <Table.Th>Since</Table.Th>
              <Table.Th>Last seen</Table.Th>
              <Table.Th>
                <span className="skip">Actions</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.items.map((session) => (
              <Row
                key={session.id}
                session={session}
                here={session.id === current}
                end={() => ending.mutate(session.id)}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}

interface RowProps {
  readonly session: OwnSession;
  readonly here: boolean;
  readonly end: () => void;
}

function Row({ session, here, end }: RowProps): ReactNode {
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs">
          <Text size="sm" lineClamp={1} maw={320} title={session.userAgent ?? ''}>
            {browserText(session.userAgent)}
          </Text>
          {here && <Badge variant="light">this one</Badge>}
        </Group>
      </Table.Td>
      <Table.Td className="mono">{session.address ?? '–'}</Table.Td>
      <Table.Td>
        <Moment at={session.createdAt} />
      </Table.Td>
      <Table.Td>
        <Moment at={session.seenAt} />
      </Table.Td>
      <Table.Td ta="right">
        {!here && (
          <Button size="xs" variant="default" onClick={end}>
            End
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
