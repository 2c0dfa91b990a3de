import { NumberInput, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { at, kindOf, textAt, type ConnectorKind } from '../draft/document.ts';
import { ChoiceCards, type Choice } from './choice-cards.tsx';
import { ColumnSelect } from './column-select.tsx';
import { problemsAt, useEditing, useNumber } from './editing.tsx';

type Mode = 'none' | 'poll' | 'listen' | 'replication' | 'binlog' | 'push';

const MODES: Readonly<Record<ConnectorKind, readonly Mode[]>> = {
  postgres: ['poll', 'listen', 'replication', 'push', 'none'],
  mysql: ['poll', 'binlog', 'push', 'none'],
  sqlite: ['poll', 'push', 'none'],
  push: ['push'],
};

const TITLES: Readonly<Record<Mode, string>> = {
  poll: 'Ask now and then what changed',
  listen: 'Have the database call when something changes',
  replication: 'Follow the database’s own log',
  binlog: 'Follow the database’s own log',
  push: 'Have the application say which records changed',
  none: 'Read everything each time',
};

const TEXTS: Readonly<Record<Mode, string>> = {
  poll: 'Finds a change within one step of the schedule. Deletions are found by the full run. Needs a column that grows with every change, with an index.',
  listen:
    'Finds changes within moments. Needs triggers, which the owner of the table makes, and which cost the application some time with every statement.',
  replication:
    'Finds changes and deletions within moments. Needs a right for the whole server, a publication, a slot, and a limit on the log that the server keeps for us.',
  binlog:
    'Finds changes and deletions within moments. Needs a right for the whole server, and a binary log of rows.',
  push: 'Finds a change at once, if the application posts a signed hint. Changes that nobody tells of are found by the full run.',
  none: 'A change is found by the next full run, deletions too. Asks nothing else of the database.',
};

const POSTGRES_POLL =
  'Finds a change within one step of the schedule, by the number of the transaction that wrote it: nothing is lost, not even an update by hand. Deletions are found by the full run. Tables beyond 256 MB want a column that grows with every change.';

/** How Tributary learns of changes between full runs, and by which column. */
export function ChangesFields(): ReactNode {
  const { document, change, problems, proposal } = useEditing();
  const kind = kindOf(document);
  const mode = (at(document, 'changes.mode') ?? (kind === 'push' ? 'push' : 'none')) as Mode;
  const recommended: Mode = kind === 'postgres' || (proposal?.cursor ?? null) !== null ? 'poll' : 'none';
  const choices = MODES[kind].map((value): Choice<Mode> => ({
    value,
    title: TITLES[value],
    text: kind === 'postgres' && value === 'poll' ? POSTGRES_POLL : TEXTS[value],
    recommended: value === recommended && kind !== 'push',
  }));
  const choose = (chosen: Mode): void => {
    change('changes.mode', chosen === 'none' ? undefined : chosen);
    if (chosen === 'poll' && at(document, 'changes.delta') === undefined)
      change('changes.delta', '* * * * *');
    if (chosen !== 'poll') change('changes.delta', undefined);
  };
  return (
    <Stack>
      <ChoiceCards
        label="How changes are found"
        choices={choices}
        value={mode}
        error={problemsAt(problems, 'changes.mode')}
        onChange={choose}
      />
      {mode === 'poll' && <Cursor needed={kind !== 'postgres'} />}
    </Stack>
  );
}

/** Unless told otherwise. */
const USUAL_OVERLAP = 10;

function Cursor({ needed }: { readonly needed: boolean }): ReactNode {
  const { document, change, problems, proposal } = useEditing();
  const cursor = textAt(document, 'changes.cursor');
  const suggested = proposal?.cursor ?? null;
  const overlap = useNumber('changes.overlapMinutes', USUAL_OVERLAP);
  return (
    <>
      <ColumnSelect
        label="Column that grows with every change"
        description={needed ? 'A time or a number.' : 'A time or a number; may be left out.'}
        value={cursor}
        error={problemsAt(problems, 'changes.cursor')}
        onChange={(column) => change('changes.cursor', column === '' ? undefined : column)}
      />
      {suggested !== null && suggested.column === cursor && (
        <Text size="sm" c="dimmed">
          Suggested for {suggested.reason}.
        </Text>
      )}
      {suggested === null && (
        <Text size="sm" c="dimmed">
          No column of the source looks like one.
        </Text>
      )}
      {cursor !== '' && (
        <NumberInput
          label="Minutes that a poll looks back"
          description="For changes that are committed later than they are dated."
          min={0}
          max={10_080}
          {...overlap}
        />
      )}
    </>
  );
}
