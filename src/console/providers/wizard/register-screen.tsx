import { Button, Card, Grid, Group, Stack, Text } from '@mantine/core';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { meQuery } from '../../session/queries.ts';
import { useMay } from '../../session/use-may.ts';
import { Page } from '../../shell/page.tsx';
import { PlaceLink } from '../../shell/place-link.tsx';
import { ProblemAlert } from '../../shell/problem-alert.tsx';
import { textAt } from '../draft/document.ts';
import { EditingProvider } from '../forms/editing.tsx';
import { FileForGit } from './file-for-git.tsx';
import { loadDraft } from './keep-draft.ts';
import { PasswordAgain } from './password-again.tsx';
import { StartOver } from './start-over.tsx';
import { StepBody } from './step-body.tsx';
import { StepNav } from './step-nav.tsx';
import { stepsFor, type StepAbout, type StepId } from './steps.ts';
import { useGoingOn, type GoingOn } from './use-going-on.ts';
import { useWizardState } from './use-wizard-state.ts';
import { WizardContext } from './wizard.ts';

/** Registers a provider step by step. What was said survives a reload; the password is asked for again. */
export function RegisterScreen(): ReactNode {
  return useMay('admin') ? <Register /> : <ForAdmins />;
}

/** Every step asks what only admins may. */
function ForAdmins(): ReactNode {
  return (
    <Page title="Register a provider" lead="This takes an admin.">
      <Text>
        Somebody with the role admin registers providers, here or with a file. You can look at{' '}
        <PlaceLink to="/providers">those that there are</PlaceLink>.
      </Text>
    </Page>
  );
}

function Register(): ReactNode {
  const { data: me } = useSuspenseQuery(meQuery);
  const { step: asked } = useSearch({ from: '/inside/register' });
  const navigate = useNavigate({ from: '/register' });
  const operator = me?.name ?? '';
  const state = useWizardState({
    operator,
    step: asked ?? loadDraft(operator).furthest,
    goTo: (step: StepId) => void navigate({ search: { step } }),
  });
  const { draft, goTo } = state.wizard;
  const steps = stepsFor(draft.document);
  const step = stepAt(steps, asked, draft.furthest);
  const name = textAt(draft.document, 'name');
  const place = `step ${String(steps.indexOf(step) + 1)} of ${String(steps.length)}`;
  return (
    <WizardContext value={state.wizard}>
      <EditingProvider value={state.editing}>
        <Page
          title={step.title}
          lead={`Registering ${name === '' ? 'a provider' : name}, ${place}`}
          actions={
            <>
              <FileForGit document={draft.document} />
              <StartOver />
            </>
          }
        >
          <Grid gap="lg">
            <Grid.Col span={{ base: 12, md: 2 }}>
              <StepNav steps={steps} here={step.id} furthest={draft.furthest} goTo={goTo} />
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 10 }}>
              <Step key={step.id} state={state} steps={steps} step={step} />
            </Grid.Col>
          </Grid>
        </Page>
      </EditingProvider>
    </WizardContext>
  );
}

/** The step that is asked for, unless it has not been reached. */
function stepAt(steps: readonly StepAbout[], asked: StepId | undefined, furthest: StepId): StepAbout {
  const reached = Math.max(
    0,
    steps.findIndex(({ id }) => id === furthest),
  );
  const wanted = asked === undefined ? reached : steps.findIndex(({ id }) => id === asked);
  const step = steps[Math.max(0, Math.min(wanted, reached))];
  if (step === undefined) throw new Error('the wizard has no steps');
  return step;
}

function Step(about: GoingOn): ReactNode {
  const { state, steps, step } = about;
  const going = useGoingOn(about);
  const before = steps[steps.indexOf(step) - 1];
  const ends = step.id === 'plan' || step.id === 'done';
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!ends) going.mutate();
      }}
    >
      <Card withBorder>
        <Stack gap="lg">
          <PasswordAgain step={step.id} />
          <StepBody step={step.id} />
          <ProblemAlert error={going.error} />
          <Group justify="space-between">
            {before !== undefined && step.id !== 'done' ? (
              <Button
                variant="default"
                leftSection={<IconArrowLeft size={18} aria-hidden />}
                onClick={() => state.wizard.goTo(before.id)}
              >
                Back
              </Button>
            ) : (
              <span />
            )}
            {!ends && (
              <Button
                type="submit"
                rightSection={<IconArrowRight size={18} aria-hidden />}
                loading={going.isPending}
              >
                Continue
              </Button>
            )}
          </Group>
        </Stack>
      </Card>
    </form>
  );
}
