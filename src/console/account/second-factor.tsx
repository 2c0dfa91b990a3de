import { Alert, Anchor, Button, Code, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { QRCodeSVG } from 'qrcode.react';
import type { ReactNode } from 'react';
import type { Me } from '../session/queries.ts';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { beginSecondFactor, confirmSecondFactor } from './queries.ts';
import { RecoveryCodes } from './recovery-codes.tsx';
import { SecondFactorOn } from './second-factor-on.tsx';

/** Turning the second factor on, in three steps; or new recovery codes, and turning it off. */
export function SecondFactor({ me }: { readonly me: Me }): ReactNode {
  return me.secondFactor ? <SecondFactorOn me={me} /> : <TurnOn needed={me.secondFactorNeeded} />;
}

function TurnOn({ needed }: { readonly needed: boolean }): ReactNode {
  const beginning = useMutation({ mutationFn: beginSecondFactor });
  const form = useForm({ initialValues: { password: '' } });
  if (beginning.data !== undefined)
    return <Confirm secret={beginning.data.secret} uri={beginning.data.uri} />;
  return (
    <form onSubmit={form.onSubmit(({ password }) => beginning.mutate(password))}>
      <Stack gap="sm">
        {needed ? (
          <Alert color="orange" title="This installation asks you for a second factor">
            Set it up here; everything else opens once it is done.
          </Alert>
        ) : (
          <Text size="sm">Off. With it, a stolen password alone opens nothing.</Text>
        )}
        <ProblemAlert error={beginning.error} />
        <PasswordInput
          label="Your password"
          autoComplete="current-password"
          required
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={beginning.isPending}>
          Turn on
        </Button>
      </Stack>
    </form>
  );
}

const QR_PIXELS = 200;

function Confirm({ secret, uri }: { readonly secret: string; readonly uri: string }): ReactNode {
  const queries = useQueryClient();
  const confirming = useMutation({ mutationFn: confirmSecondFactor });
  const form = useForm({ initialValues: { code: '' } });
  if (confirming.data !== undefined)
    return (
      <RecoveryCodes
        lead="It is on."
        codes={confirming.data.recoveryCodes}
        done={() => void queries.invalidateQueries({ queryKey: ['me'] })}
      />
    );
  return (
    <form onSubmit={form.onSubmit(({ code }) => confirming.mutate(code))}>
      <Stack gap="sm">
        <Text size="sm">
          Scan this with your authenticator, or <Anchor href={uri}>open it on this device</Anchor>; then type
          the code it shows.
        </Text>
        {/* Drawn here: the secret goes to nobody else. Dark on light in both schemes, because cameras need it. */}
        <QRCodeSVG
          value={uri}
          size={QR_PIXELS}
          marginSize={4}
          bgColor="#ffffff"
          fgColor="#000000"
          title="QR code for your authenticator"
        />
        <Text size="sm">No camera? Type this key:</Text>
        <Code block style={{ whiteSpace: 'pre-wrap' }}>
          {grouped(secret)}
        </Code>
        <ProblemAlert error={confirming.error} />
        <TextInput
          label="Code"
          autoComplete="one-time-code"
          inputMode="numeric"
          required
          {...form.getInputProps('code')}
        />
        <Button type="submit" loading={confirming.isPending}>
          Confirm
        </Button>
      </Stack>
    </form>
  );
}

/** In fours, so that it can be read out and typed. */
function grouped(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? secret;
}
