import { Card, SimpleGrid, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { meQuery } from '../session/queries.ts';
import { Page } from '../shell/page.tsx';
import { OwnEmail } from './own-email.tsx';
import { OwnPassword } from './own-password.tsx';
import { OwnSessions } from './own-sessions.tsx';
import { SecondFactor } from './second-factor.tsx';

/** What belongs to the operator who is signed in: password, second factor, sessions. */
export function AccountScreen(): ReactNode {
  const { data: me } = useSuspenseQuery(meQuery);
  if (me === null) return null;
  return (
    <Page title="Your account" lead={`${me.name}, ${me.role}`}>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Section title="Password">
          <OwnPassword name={me.name} />
        </Section>
        <Section title="Second factor">
          <SecondFactor me={me} />
        </Section>
        <Section title="Test e-mails">
          <OwnEmail email={me.email} />
        </Section>
      </SimpleGrid>
      <Section title="Where you are signed in">
        <OwnSessions current={me.sessionId} />
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
      <Text component="div">{children}</Text>
    </Card>
  );
}
