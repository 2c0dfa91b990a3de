import { Alert, Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Me } from '../session/queries.ts';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { tellDone } from '../shell/tell.ts';
import { removeSecondFactor, renewRecoveryCodes, type SecondFactorProof } from './queries.ts';
import { RecoveryCodes } from './recovery-codes.tsx';

const FEW_CODES = 3;

/** With a second factor: how many recovery codes are left, new ones, and turning it off where that is allowed. */
export function SecondFactorOn({ me }: { readonly me: Me }): ReactNode {
  const queries = useQueryClient();
  const settled = async (): Promise<void> => await queries.invalidateQueries({ queryKey: ['me'] });
  const form = useForm<SecondFactorProof>({ initialValues: { password: '', code: '' } });
  const renewing = useMutation({ mutationFn: renewRecoveryCodes, onSuccess: () => form.reset() });
  const removing = useMutation({
    mutationFn: removeSecondFactor,
    onSuccess: async () => {
      tellDone('The second factor is off.');
      await settled();
    },
  });
  if (renewing.data !== undefined)
    return (
      <RecoveryCodes
        lead="The earlier codes are good no more."
        codes={renewing.data.recoveryCodes}
        done={() => {
          renewing.reset();
          void settled();
        }}
      />
    );
  return (
    <form onSubmit={form.onSubmit((values) => renewing.mutate(values))}>
      <Stack gap="sm">
        <Left me={me} />
        <ProblemAlert error={renewing.error ?? removing.error} />
        <Proof form={form} />
        <Group>
          <Button type="submit" variant="default" loading={renewing.isPending}>
            New recovery codes
          </Button>
          {!me.secondFactorNeeded && (
            <Button
              variant="default"
              loading={removing.isPending}
              onClick={() => form.onSubmit((values) => removing.mutate(values))()}
            >
              Turn off
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

function Proof({ form }: { readonly form: UseFormReturnType<SecondFactorProof> }): ReactNode {
  return (
    <>
      <PasswordInput
        label="Your password"
        autoComplete="current-password"
        required
        {...form.getInputProps('password')}
      />
      <TextInput
        label="Code"
        description="Of the authenticator, or a recovery code."
        autoComplete="one-time-code"
        required
        {...form.getInputProps('code')}
      />
    </>
  );
}

function Left({ me }: { readonly me: Me }): ReactNode {
  const { recoveryCodesLeft: left } = me;
  if (left <= FEW_CODES)
    return (
      <Alert
        color="orange"
        title={left === 1 ? '1 recovery code is left' : `${String(left)} recovery codes are left`}
      >
        Without your device and without a code, only another admin can let you in. Make new ones.
      </Alert>
    );
  return (
    <Text size="sm">
      On. Signing in takes your password and a code; {String(left)} recovery codes are left for when the
      device is not at hand.
      {me.secondFactorNeeded && ' This installation asks for it, so it cannot be turned off.'}
    </Text>
  );
}
