import {
  ActionIcon,
  Button,
  Card,
  Group,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { asProblem } from '../api/problem.ts';
import { CopyCommand } from '../shell/copy-command.tsx';
import { Page } from '../shell/page.tsx';
import { PlaceButton } from '../shell/place-button.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { tellDone } from '../shell/tell.ts';
import { fieldLabel } from './field-labels.ts';
import { createCommand, EMPTY, toPerson, TEXTS, type Typed } from './new-person.ts';
import { createPerson } from './queries.ts';

type Form = UseFormReturnType<Typed>;

/** Somebody who has no provider: everything that is wrong is said at once, beside its field. */
export function NewPersonScreen(): ReactNode {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useForm<Typed>({ initialValues: EMPTY });
  // One person, however often an answer is lost; a changed form is another request.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const creating = useMutation({
    mutationFn: async (typed: Typed) => await createPerson(toPerson(typed), key),
    onSuccess: async ({ id, emailRequested }) => {
      tellDone(emailRequested ? 'Entered; the invitation is on its way.' : 'Entered.');
      await queries.invalidateQueries({ queryKey: ['profiles'] });
      await navigate({ to: '/people/$who', params: { who: id } });
    },
    onError: (error) => {
      setKey(crypto.randomUUID());
      const { problems } = asProblem(error);
      form.setErrors(Object.fromEntries(problems.map(({ path, message }) => [placeOf(path, form), message])));
    },
  });
  return (
    <Page
      title="New person"
      lead="For people whom no provider knows. Flags, e-mails and pages are the same as for everybody else."
      actions={<CopyCommand command={createCommand(form.values)} />}
    >
      <form onSubmit={form.onSubmit((typed) => creating.mutate(typed))}>
        <Stack maw={880}>
          <ProblemAlert error={creating.error} />
          <Fields form={form} />
          <Flags form={form} />
          <Group justify="flex-end">
            <PlaceButton to="/people" variant="default">
              Cancel
            </PlaceButton>
            <Button type="submit" loading={creating.isPending}>
              Enter this person
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}

/** Where a problem of the server is shown: attributes by their place in the list. */
function placeOf(path: string, form: Form): string {
  const name = /^attributes\.(.+)$/.exec(path)?.[1];
  if (name === undefined) return path;
  const at = form.values.attributes.findIndex((attribute) => attribute.name === name);
  return `attributes.${String(at)}.value`;
}

const HINTS: Readonly<Record<string, string>> = {
  username: 'To sign in with; unique.',
  email: 'E-mails go here; people may sign in with it too.',
  locale: 'Of e-mails and pages, for example sv or en-GB.',
};

function Fields({ form }: { readonly form: Form }): ReactNode {
  return (
    <Card withBorder component="section">
      <Title order={2} size="h4" mb="sm">
        Who it is
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {TEXTS.map((name) => (
          <TextInput
            key={name}
            label={fieldLabel(name)}
            description={HINTS[name]}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            autoComplete="off"
            withAsterisk={name === 'username'}
            {...form.getInputProps(name)}
          />
        ))}
      </SimpleGrid>
      <Attributes form={form} />
    </Card>
  );
}

function Attributes({ form }: { readonly form: Form }): ReactNode {
  return (
    <Stack gap="xs" mt="md">
      {form.values.attributes.map(({ id }, at) => (
        <Group key={id} align="flex-start" wrap="nowrap">
          <TextInput
            aria-label="Name of the attribute"
            placeholder="department"
            flex={1}
            {...form.getInputProps(`attributes.${String(at)}.name`)}
          />
          <TextInput
            aria-label="Value of the attribute"
            placeholder="Sales"
            flex={2}
            {...form.getInputProps(`attributes.${String(at)}.value`)}
          />
          <ActionIcon
            variant="subtle"
            size="lg"
            aria-label="Take this attribute away"
            onClick={() => form.removeListItem('attributes', at)}
          >
            <IconTrash size={18} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="subtle"
        leftSection={<IconPlus size={16} aria-hidden />}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => form.insertListItem('attributes', { id: crypto.randomUUID(), name: '', value: '' })}
      >
        Another attribute
      </Button>
    </Stack>
  );
}

function Flags({ form }: { readonly form: Form }): ReactNode {
  const { preRegistration } = form.values;
  return (
    <Card withBorder component="section">
      <Title order={2} size="h4" mb="sm">
        How they get in
      </Title>
      <Stack>
        <Switch
          label="Pre-registration: send an invitation"
          description="An e-mail brings a link, good for a limited time. Following it, the person chooses the first password. Nobody else ever knows it. Needs an address."
          {...form.getInputProps('preRegistration', { type: 'checkbox' })}
        />
        <Switch
          label="Force password reset"
          description="Whoever signs in with a temporary password chooses a new one before anything else. A person who is entered here has no temporary password, so this goes together with an invitation: the first sign-in after it asks once more."
          disabled={!preRegistration}
          {...form.getInputProps('forceReset', { type: 'checkbox' })}
        />
        {!preRegistration && (
          <Text size="sm" c="dimmed">
            Without an invitation the person has no password and cannot sign in yet. You can send one later,
            from the person’s page. A temporary password is set with the command only, so that no console
            shows it: <span className="mono">profile create … --temporary-password</span>.
          </Text>
        )}
      </Stack>
    </Card>
  );
}
