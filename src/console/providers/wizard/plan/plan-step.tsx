import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { ProblemAlert } from '../../../shell/problem-alert.tsx';
import { CheckList, stepsOf } from '../../checks/check-list.tsx';
import { GrantsPanel } from '../../checks/grants-panel.tsx';
import { useChecks, type Checks } from '../../checks/use-checks.ts';
import { kindOf } from '../../draft/document.ts';
import { useEditing } from '../../forms/editing.tsx';
import { useWizard } from '../wizard.ts';
import { DryRun } from './dry-run.tsx';
import { PushKeyPanel } from './push-key.tsx';
import { isSaved, useDryRun, useStarting } from './use-registering.ts';

/** Everything is looked at once more; then it is registered, paused, and a dry run shows what the first run would do. */
export function PlanStep(): ReactNode {
  const { document } = useEditing();
  const { draft, reachable } = useWizard();
  const checks = useChecks();
  if (!reachable) return null;
  const push = kindOf(document) === 'push';
  return (
    <Stack gap="lg">
      {!push && <ChecksPanel checks={checks} />}
      {push && <PushKeyPanel />}
      {(!push || draft.version !== null) && <DryRunPanel ready={push || checks.result?.ready === true} />}
    </Stack>
  );
}

function ChecksPanel({ checks }: { readonly checks: Checks }): ReactNode {
  const { document } = useEditing();
  const { complete } = useWizard();
  const begun = useRef(false);
  const run = (): void => {
    checks.run({ of: complete() }).catch(() => undefined);
  };
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    run();
    // Once, when the step is entered.
  }, []);
  return (
    <Stack>
      <Title order={2} size="h4">
        Everything, checked
      </Title>
      <ProblemAlert error={checks.error} />
      {checks.result?.ready === false && (
        <Alert color="red" title="It is not ready yet">
          What stands below does not work. Mend it at the database, or go back to the step it belongs to.
        </Alert>
      )}
      <CheckList
        steps={stepsOf(kindOf(document), 'whole')}
        findings={checks.findings}
        running={checks.running}
      />
      {checks.result?.warnings.map(({ path, code, message, remedy }) => (
        <Alert key={`${path} ${code}`} color="orange" title={message}>
          {remedy} <span className="dimmed">{code}</span>
        </Alert>
      ))}
      <Group>
        <Button variant="default" size="xs" loading={checks.running} onClick={run}>
          Check again
        </Button>
        <GrantsPanel draft={complete} />
      </Group>
    </Stack>
  );
}

function DryRunPanel({ ready }: { readonly ready: boolean }): ReactNode {
  const { draft } = useWizard();
  const trying = useDryRun();
  const starting = useStarting();
  const saved = isSaved(draft);
  return (
    <Stack>
      <Title order={2} size="h4">
        A run that does nothing
      </Title>
      <Text>
        {draft.version === null
          ? 'The provider is registered, paused: nothing happens by itself. A dry run then reads it and shows what the first run would do, record by record. Nobody is made, changed or written to.'
          : saved
            ? 'It is registered, and paused. The dry run shows what the first run would do. Nobody is made, changed or written to.'
            : 'You have changed something since it was registered. The dry run saves that first.'}
      </Text>
      <ProblemAlert error={trying.error} />
      <Button
        variant={draft.dryRunId === null || !saved ? 'filled' : 'default'}
        loading={trying.isPending}
        disabled={!ready}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => trying.mutate()}
      >
        {draft.version === null ? 'Register it, and try' : 'Dry run'}
      </Button>
      {draft.dryRunId !== null && saved && (
        <DryRun id={draft.dryRunId}>
          <ProblemAlert error={starting.error} />
          <StartButton loading={starting.isPending} start={() => starting.mutate()} />
        </DryRun>
      )}
    </Stack>
  );
}

function StartButton({
  loading,
  start,
}: {
  readonly loading: boolean;
  readonly start: () => void;
}): ReactNode {
  return (
    <Group justify="flex-end">
      <Button loading={loading} onClick={start}>
        This is right: start the first run
      </Button>
    </Group>
  );
}
