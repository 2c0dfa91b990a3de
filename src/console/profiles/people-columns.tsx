import { Badge, Checkbox, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { PlaceLink } from '../shell/place-link.tsx';
import type { Column } from '../shell/record-table.tsx';
import { StateBadge } from '../shell/state-badge.tsx';
import { InvitationBadge } from './invitation-badge.tsx';
import type { ListedPerson } from './queries.ts';

/** Who is chosen, for something that is done to many. */
export interface Choice {
  readonly chosen: ReadonlySet<string>;
  readonly choose: (id: string, on: boolean) => void;
}

/** @param choice null for those who may only look. */
export function columnsFor(choice: Choice | null): readonly Column<ListedPerson>[] {
  return choice === null ? COLUMNS : [chooser(choice), ...COLUMNS];
}

function chooser({ chosen, choose }: Choice): Column<ListedPerson> {
  return {
    title: 'Choose',
    cell: ({ id, username }) => (
      <Checkbox
        aria-label={`Choose ${username}`}
        checked={chosen.has(id)}
        onChange={({ currentTarget }) => choose(id, currentTarget.checked)}
      />
    ),
  };
}

const COLUMNS: readonly Column<ListedPerson>[] = [
  {
    title: 'Username',
    cell: ({ id, username }) => (
      <PlaceLink to="/people/$who" params={{ who: id }} fz="inherit">
        {username}
      </PlaceLink>
    ),
  },
  {
    title: 'State',
    cell: (person) => <States person={person} />,
  },
  { title: 'Name', cell: ({ displayName }) => displayName ?? '–' },
  { title: 'E-mail', cell: ({ email }) => email ?? '–' },
  {
    title: 'Provider',
    cell: ({ provider }) =>
      provider ?? (
        <Text c="dimmed" fz="inherit">
          made here
        </Text>
      ),
  },
  { title: 'Record', cell: ({ recordKey }) => <span className="mono">{recordKey ?? '–'}</span> },
];

function States({ person }: { readonly person: ListedPerson }): ReactNode {
  const { enabled, forceReset, invitation } = person;
  return (
    <Group gap={6}>
      <StateBadge state={enabled ? 'active' : 'disabled'} />
      {invitation !== null && <InvitationBadge state={invitation} />}
      {forceReset && (
        <Badge variant="dot" color="orange" tt="none">
          reset forced
        </Badge>
      )}
    </Group>
  );
}
