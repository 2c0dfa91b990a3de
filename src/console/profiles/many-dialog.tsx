import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { CopyCommand } from '../shell/copy-command.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { TypedConfirmation } from '../shell/typed-confirmation.tsx';
import { LeftOut } from './left-out.tsx';
import { ManyPace } from './many-pace.tsx';
import { ManyProgress } from './many-progress.tsx';
import { countMany, type ManyAction, type ManyReport, type Pace, type People } from './many-queries.ts';
import { people as peopleText, WORDS } from './many-words.ts';
import { manyCommand } from './many-command.ts';

/** More than this, and a number is typed: a click is too easy. */
const FEW = 20;

/** Asks before something is done to many people, does it, and says what came of it. */
export function openMany(action: ManyAction, people: People): void {
  modals.open({
    title: WORDS[action].title,
    size: 'lg',
    closeOnClickOutside: false,
    children: <ManyDialog action={action} people={people} />,
  });
}

interface ManyProps {
  readonly action: ManyAction;
  readonly people: People;
}

function ManyDialog(props: ManyProps): ReactNode {
  const { action, people } = props;
  const [pace, setPace] = useState<Pace | null>(null);
  const queries = useQueryClient();
  const counting = useQuery({
    queryKey: ['many', action, people],
    queryFn: async ({ signal }) => await countMany(action, people, signal),
    gcTime: 0,
    staleTime: Infinity,
  });
  if (pace !== null)
    return (
      <ManyProgress
        {...props}
        pace={pace}
        expected={Math.min(counting.data?.done ?? 0, pace.most ?? Infinity)}
        settled={async () => {
          await queries.invalidateQueries({ queryKey: ['profiles'] });
          await queries.invalidateQueries({ queryKey: ['emails'] });
        }}
      />
    );
  if (counting.data === undefined)
    return counting.error === null ? (
      <Stack aria-busy="true" aria-label="Counting">
        <Skeleton h={20} />
        <Skeleton h={60} />
      </Stack>
    ) : (
      <ProblemAlert error={counting.error} />
    );
  return <Ask {...props} count={counting.data} start={setPace} />;
}

interface AskProps extends ManyProps {
  readonly count: ManyReport;
  readonly start: (pace: Pace) => void;
}

function Ask({ action, people, count, start }: AskProps): ReactNode {
  const words = WORDS[action];
  const [pace, setPace] = useState<Pace>({ perHour: null, most: null });
  const [typed, setTyped] = useState('');
  const concerned = Math.min(count.done, pace.most ?? Infinity);
  const word = String(concerned);
  const ready = concerned > 0 && (concerned <= FEW || typed.replaceAll(/[\s.,]/g, '') === word);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) start(pace);
      }}
    >
      <Stack>
        <Text size="sm">{words.lead}</Text>
        <Text fw={600} role="status">
          {concerned === 0 ? 'This concerns nobody.' : `This concerns ${peopleText(concerned)}.`}
        </Text>
        <LeftOut reasons={count.reasons} />
        {words.mails && count.done > 0 && (
          <ManyPace pace={pace} onChange={setPace} total={count.done} waves={action === 'release'} />
        )}
        {concerned > FEW && <TypedConfirmation word={word} typed={typed} onChange={setTyped} />}
        <Group justify="space-between">
          <CopyCommand command={manyCommand(action, people, pace)} />
          <Group>
            <Button variant="default" onClick={() => modals.closeAll()}>
              Cancel
            </Button>
            <Button type="submit" disabled={!ready} data-autofocus>
              {words.verb}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
