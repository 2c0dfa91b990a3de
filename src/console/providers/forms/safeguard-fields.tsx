import { NumberInput, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { at } from '../draft/document.ts';
import { ChoiceCards, type Choice } from './choice-cards.tsx';
import { problemsAt, useEditing, useNumber } from './editing.tsx';

/** The limits above which a run waits for somebody to look at it, and how people are found who exist already. */
export function SafeguardFields(): ReactNode {
  return (
    <Stack gap="lg">
      <Text>
        A run that would do more than this is held: nothing of it happens before somebody has looked at its
        plan and approved it.
      </Text>
      <Limits
        title="People who would lose their access"
        fields={[
          ['safeguards.deletions.count', 'More than so many people', 500],
          ['safeguards.deletions.percent', 'More than so many percent', 5],
          ['safeguards.deletions.floor', 'Never held for so few or fewer', 20],
        ]}
      />
      <Limits
        title="Usernames, addresses or passwords that change at once"
        fields={[
          ['safeguards.changes.percent', 'More than so many percent of people', 50],
          ['safeguards.changes.floor', 'Never held for so few changes or fewer', 100],
        ]}
      />
      <Limits
        title="Registration e-mails in one run"
        fields={[['safeguards.emails', 'More than so many e-mails', 1000]]}
      />
      <MatchField />
    </Stack>
  );
}

type LimitField = readonly [path: string, label: string, usual: number];

function Limits({
  title,
  fields,
}: {
  readonly title: string;
  readonly fields: readonly LimitField[];
}): ReactNode {
  return (
    <div role="group" aria-label={title}>
      <Title order={2} size="h5" mb="xs">
        {title}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        {fields.map((field) => (
          <Limit key={field[0]} field={field} />
        ))}
      </SimpleGrid>
    </div>
  );
}

function Limit({ field: [path, label, usual] }: { readonly field: LimitField }): ReactNode {
  return <NumberInput label={label} min={0} {...useNumber(path, usual)} />;
}

type Match = 'none' | 'username' | 'email';

const MATCHES: readonly Choice<Match>[] = [
  {
    value: 'none',
    title: 'Never',
    text: 'A record whose username or address is taken by somebody becomes an error that you decide about.',
    recommended: true,
  },
  { value: 'username', title: 'By the username', text: 'A record joins the person who has its username.' },
  {
    value: 'email',
    title: 'By the address',
    text: 'A record joins the person who has its e-mail address. Only where nobody can give themselves an address.',
  },
];

function MatchField(): ReactNode {
  const { document, change, problems } = useEditing();
  return (
    <ChoiceCards
      label="When a new record belongs to somebody who exists already"
      choices={MATCHES}
      value={(at(document, 'match') ?? 'none') as Match}
      error={problemsAt(problems, 'match')}
      onChange={(chosen) => change('match', chosen === 'none' ? undefined : chosen)}
    />
  );
}
