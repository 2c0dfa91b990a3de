import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { asProblem } from '../api/problem.ts';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { tellUndo } from '../shell/tell-undo.tsx';
import { fieldLabel } from './field-labels.ts';
import { changePerson, type Person } from './queries.ts';

/** Fields of somebody whom no provider owns. */
export function openEdit(person: Person): void {
  modals.open({ title: `Change ${person.username}`, children: <EditForm person={person} /> });
}

type Texts = Readonly<Record<string, string>>;

function EditForm({ person }: { readonly person: Person }): ReactNode {
  const own = person.fields.filter(({ owner }) => owner === 'here').map(({ name }) => name);
  const before = Object.fromEntries(person.fields.map(({ name, value }) => [keyOf(name), value ?? '']));
  const form = useForm<Record<string, string>>({ initialValues: before });
  const saving = useSaving(person, (problems) => form.setErrors(problems));
  const save = (typed: Texts): void => {
    const changed = own.filter((name) => typed[keyOf(name)] !== before[keyOf(name)]);
    const take = (from: Texts): Texts =>
      Object.fromEntries(changed.map((name) => [name, from[keyOf(name)] ?? '']));
    if (changed.length === 0) modals.closeAll();
    else saving.mutate({ to: take(typed), from: take(before) });
  };
  return (
    <form onSubmit={form.onSubmit(save)}>
      <Stack>
        <ProblemAlert error={saving.error} />
        <Text size="sm">
          A link that was sent to an earlier address stops working when the address changes.
        </Text>
        {own.map((name, at) => (
          <TextInput
            key={name}
            label={fieldLabel(name)}
            autoComplete="off"
            {...(at === 0 && { 'data-autofocus': true })}
            {...form.getInputProps(keyOf(name))}
          />
        ))}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => modals.closeAll()}>
            Cancel
          </Button>
          <Button type="submit" loading={saving.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useSaving({ id }: Person, refused: (problems: Texts) => void) {
  const queries = useQueryClient();
  const settled = async (): Promise<void> => await queries.invalidateQueries({ queryKey: ['profiles'] });
  return useMutation({
    mutationFn: async ({ to }: { to: Texts; from: Texts }) => await changePerson(id, to),
    onSuccess: async (_, { from }) => {
      modals.closeAll();
      await settled();
      tellUndo('Changed.', async () => {
        await changePerson(id, from);
        await settled();
      });
    },
    onError: (error) => {
      const { problems } = asProblem(error);
      refused(Object.fromEntries(problems.map(({ path, message }) => [keyOf(path), message])));
    },
  });
}

/** A dot in a name would be taken for a step into a group of values. */
const keyOf = (name: string): string => name.replaceAll('.', '/');
