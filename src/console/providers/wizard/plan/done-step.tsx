import { Button, Group, List, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useLiveRuns } from '../../../runs/follow-runs.ts';
import { isOver, runQuery, type Run } from '../../../runs/queries.ts';
import { RunProgress } from '../../../runs/run-progress.tsx';
import { CopyCommand } from '../../../shell/copy-command.tsx';
import { PlaceLink } from '../../../shell/place-link.tsx';
import { ProblemAlert } from '../../../shell/problem-alert.tsx';
import { StateBadge } from '../../../shell/state-badge.tsx';
import { at, textAt } from '../../draft/document.ts';
import { scheduleText } from '../../draft/schedule.ts';
import { useWizard } from '../wizard.ts';

/** The first run as it goes on, and where to go from here. */
export function DoneStep(): ReactNode {
  const { draft, startOver } = useWizard();
  const name = textAt(draft.document, 'name');
  if (draft.firstRunId === null) return null;
  return (
    <Stack gap="lg">
      <Text size="lg">{name} is registered, and the first run has been asked for.</Text>
      <FirstRun id={draft.firstRunId} />
      <List>
        <List.Item>
          <PlaceLink to="/people" search={{ provider: name }}>
            The people of {name}
          </PlaceLink>
        </List.Item>
        <List.Item>
          <PlaceLink to="/runs/$id" params={{ id: draft.firstRunId }}>
            The first run, record by record
          </PlaceLink>
        </List.Item>
        <List.Item>
          From here on everything is read{' '}
          {scheduleText(at(draft.document, 'changes.full') as string | undefined)}.
        </List.Item>
      </List>
      <Group>
        <Button component={Link} to={`/providers/${name}`}>
          Go to {name}
        </Button>
        <Button variant="default" onClick={startOver}>
          Register another one
        </Button>
        <CopyCommand command={`provider show ${name}`} />
      </Group>
    </Stack>
  );
}

function FirstRun({ id }: { readonly id: string }): ReactNode {
  const { data: run, error } = useQuery(runQuery(id));
  useLiveRuns(id, run !== undefined && !isOver(run.state));
  if (run === undefined) return error === null ? <Skeleton h={120} /> : <ProblemAlert error={error} />;
  return (
    <Stack>
      <Text component="div">
        The first run is <StateBadge state={run.state} /> <Words run={run} />
      </Text>
      <RunProgress run={run} />
    </Stack>
  );
}

function Words({ run }: { readonly run: Run }): ReactNode {
  if (run.error !== null)
    return (
      <>
        {run.error} ({run.errorCode})
      </>
    );
  if (run.state === 'held') return 'A safeguard holds it: look at its plan, and decide.';
  return run.state === 'done' ? <SigningIn /> : null;
}

/** What its people can do now depends on where their passwords are. */
function SigningIn(): ReactNode {
  const { password } = useWizard().draft.document;
  if (textAt(password, 'column') !== '' || at(password, 'verify') !== undefined)
    return 'Its people can sign in.';
  return textAt(password, 'onboarding') === 'pre-registration'
    ? 'Its people get their links by e-mail, and can sign in once they have chosen a password.'
    : 'Its people are here, without passwords: they ask for a link at “forgot password”, or are invited later.';
}
