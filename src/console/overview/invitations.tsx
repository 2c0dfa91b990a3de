import { Group, Progress, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { PlaceLink } from '../shell/place-link.tsx';
import { overviewQuery, type Overview, type Span } from './queries.ts';

const SHOWN: readonly (readonly [keyof Overview['invitations'], label: string, color: string])[] = [
  ['notInvited', 'not invited yet', 'gray.6'],
  ['held', 'held back', 'grape.6'],
  ['queued', 'on their way', 'blue.6'],
  ['sent', 'sent, link is good', 'teal.7'],
  ['expired', 'link has expired', 'yellow.7'],
  ['undeliverable', 'not delivered', 'red.7'],
];

/** How far the people are who wait for their first password. */
export function Invitations({ span }: { readonly span: Span }): ReactNode {
  const { data } = useQuery(overviewQuery(span));
  if (data === undefined) return <Skeleton h={90} />;
  const { invitations } = data;
  const shown = SHOWN.filter(([state]) => invitations[state] > 0);
  const total = shown.reduce((sum, [state]) => sum + invitations[state], 0);
  if (total === 0)
    return (
      <Text c="dimmed" size="sm">
        Nobody waits for a first password. People who do come from providers with{' '}
        <span className="mono">onboarding: pre-registration</span>, or are made here.
      </Text>
    );
  return (
    <Stack gap="sm">
      <Text size="sm">
        <PlaceLink to="/people" search={{ preRegistration: true }}>
          {total.toLocaleString('en')} {total === 1 ? 'person waits' : 'people wait'}
        </PlaceLink>{' '}
        for a first password
      </Text>
      <Progress.Root size="lg" aria-hidden>
        {shown.map(([state, , color]) => (
          <Progress.Section key={state} value={(invitations[state] / total) * 100} color={color} />
        ))}
      </Progress.Root>
      <Group gap="lg" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {shown.map(([state, label, color]) => (
          <li key={state}>
            <Group gap={6} wrap="nowrap">
              <Swatch color={color} />
              <Text size="sm">
                <strong>{invitations[state].toLocaleString('en')}</strong> {label}
              </Text>
            </Group>
          </li>
        ))}
      </Group>
    </Stack>
  );
}

function Swatch({ color }: { readonly color: string }): ReactNode {
  const background = `var(--mantine-color-${color.replace('.', '-')})`;
  return <span aria-hidden style={{ width: 10, height: 10, borderRadius: 5, flex: 'none', background }} />;
}
