import { Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

export interface OutsideCardProps {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}

/** The frame of the screens for somebody who is not signed in. */
export function OutsideCard({ title, lead, children }: OutsideCardProps): ReactNode {
  useEffect(() => {
    document.title = `${title} · Tributary`;
  }, [title]);
  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper withBorder shadow="md" p="xl" w="100%" maw={440}>
        <Stack gap="lg">
          <Group gap="sm">
            <img src="/console/mark.svg" alt="" width={32} height={32} />
            <Text fw={700}>Tributary</Text>
          </Group>
          <div>
            <Title order={1} size="h2">
              {title}
            </Title>
            <Text c="dimmed">{lead}</Text>
          </div>
          {children}
        </Stack>
      </Paper>
    </Center>
  );
}
