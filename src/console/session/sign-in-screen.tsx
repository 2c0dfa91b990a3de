import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ApiProblem } from '../api/problem.ts';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { OutsideCard } from './outside-card.tsx';
import { signIn } from './queries.ts';

function needsCode(error: unknown): boolean {
  return error instanceof ApiProblem && error.details.code === 'SECOND_FACTOR_REQUIRED';
}

interface Typed {
  readonly name: string;
  readonly password: string;
  readonly code: string;
}

/** Name and password; the code of the second factor is asked for when there is one. */
export function SignInScreen(): ReactNode {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { to } = useSearch({ from: '/sign-in' });
  const [withCode, setWithCode] = useState(false);
  const form = useForm<Typed>({ initialValues: { name: '', password: '', code: '' } });
  const signing = useMutation({
    mutationFn: async ({ name, password, code }: Typed) => {
      await signIn({ name, password, ...(withCode && { code }) });
    },
    onSuccess: async () => {
      await queries.invalidateQueries();
      await navigate({ to: to ?? '/' });
    },
    onError: (error) => {
      if (needsCode(error)) setWithCode(true);
      else form.setFieldValue('password', '');
    },
  });
  return (
    <OutsideCard title="Operators’ console" lead="Sign in with your operator account.">
      <form onSubmit={form.onSubmit((values) => signing.mutate(values))}>
        <Stack>
          {!needsCode(signing.error) && <ProblemAlert error={signing.error} />}
          <Fields form={form} withCode={withCode} />
          <Button type="submit" loading={signing.isPending}>
            Sign in
          </Button>
          <Text size="sm" c="dimmed">
            Not an operator? People sign in <Anchor href="/sign-in">here</Anchor>.
          </Text>
        </Stack>
      </form>
    </OutsideCard>
  );
}

interface FieldsProps {
  readonly form: UseFormReturnType<Typed>;
  readonly withCode: boolean;
}

function Fields({ form, withCode }: FieldsProps): ReactNode {
  return (
    <>
      <TextInput label="Name" autoComplete="username" required {...form.getInputProps('name')} />
      <PasswordInput
        label="Password"
        autoComplete="current-password"
        required
        {...form.getInputProps('password')}
      />
      {withCode && (
        <TextInput
          label="Code"
          description="Of your authenticator, or one of your recovery codes. Lost both? An admin can make you a new link, without the second factor."
          autoComplete="one-time-code"
          inputMode="numeric"
          required
          data-autofocus
          {...form.getInputProps('code')}
        />
      )}
    </>
  );
}
