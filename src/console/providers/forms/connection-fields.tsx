import {
  Alert,
  Collapse,
  NumberInput,
  PasswordInput,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { ReactNode } from 'react';
import { kindOf, textAt } from '../draft/document.ts';
import { ChoiceCards, type Choice } from './choice-cards.tsx';
import { problemsAt, useEditing, useNumber, useText } from './editing.tsx';

type Tls = 'verify-full' | 'verify-ca' | 'require-insecure' | 'disable';

const TLS: readonly Choice<Tls>[] = [
  {
    value: 'verify-full',
    title: 'Encrypted, and the server has to prove who it is',
    text: 'Its certificate has to be valid and made out to the host above.',
    recommended: true,
  },
  {
    value: 'verify-ca',
    title: 'Encrypted, the name in the certificate does not matter',
    text: 'Any server of the same authority could answer.',
  },
  {
    value: 'require-insecure',
    title: 'Encrypted, whoever answers',
    text: 'Somebody in between could read and change everything, the password too.',
  },
  { value: 'disable', title: 'Not encrypted', text: 'For a database on this machine only.' },
];

const PORTS = { postgres: 5432, mysql: 3306, sqlite: 0, push: 0 } as const;

export interface ConnectionFieldsProps {
  /** Null: the one that is stored stays. */
  readonly password: string | null;
  readonly onPassword: (password: string) => void;
  /** Whether a password is stored that need not be given again. */
  readonly stored: boolean;
}

/** How the database is reached. */
export function ConnectionFields(props: ConnectionFieldsProps): ReactNode {
  const { document } = useEditing();
  const kind = kindOf(document);
  if (kind === 'push')
    return <Alert title="Nothing to connect to">The other system posts its records to us.</Alert>;
  return kind === 'sqlite' ? <FileFields /> : <ServerFields {...props} />;
}

function FileFields(): ReactNode {
  return (
    <TextInput
      label="File"
      description="On the machine that Tributary runs on, in one of the folders of TRIBUTARY_SQLITE_FOLDERS."
      placeholder="/srv/app/data/app.db"
      required
      {...useText('connection.file')}
    />
  );
}

function ServerFields({ password, onPassword, stored }: ConnectionFieldsProps): ReactNode {
  const { document, problems } = useEditing();
  const kind = kindOf(document);
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label="Host"
          description="A name or an address, nothing else."
          placeholder="db.example.com"
          required
          {...useText('connection.host')}
        />
        <NumberInput
          label="Port"
          description={`Usually ${String(PORTS[kind])}.`}
          min={1}
          max={65_535}
          {...useNumber('connection.port', PORTS[kind])}
        />
        <TextInput label="Database" description="Its name." required {...useText('connection.database')} />
        <TextInput
          label="User"
          description="A login of its own, with few rights."
          required
          autoComplete="off"
          {...useText('connection.user')}
        />
      </SimpleGrid>
      <PasswordInput
        label="Password"
        description={
          stored
            ? 'One is stored. Leave this empty to keep it; host, port or TLS cannot change without it.'
            : 'It is stored encrypted, and never shown again.'
        }
        placeholder={stored ? '•••••••• (stored)' : ''}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        value={password ?? ''}
        error={problemsAt(problems, 'connection.password')}
        onChange={({ currentTarget }) => onPassword(currentTarget.value)}
      />
      <TlsFields />
    </Stack>
  );
}

function TlsFields(): ReactNode {
  const { document, change, problems } = useEditing();
  const given = textAt(document, 'connection.tls');
  const tls = given === '' ? 'verify-full' : (given as Tls);
  const verified = tls === 'verify-full' || tls === 'verify-ca';
  const authority = useText('connection.ca');
  return (
    <>
      <ChoiceCards
        label="Encryption (TLS)"
        choices={TLS}
        value={tls}
        error={problemsAt(problems, 'connection.tls')}
        onChange={(chosen) => change('connection.tls', chosen === 'verify-full' ? undefined : chosen)}
      />
      <Collapse expanded={verified}>
        <Textarea
          label="Certificates of a private authority"
          description="Only where the certificate comes from an authority of your own: its certificate, in PEM."
          placeholder="-----BEGIN CERTIFICATE-----"
          autosize
          minRows={2}
          maxRows={8}
          classNames={{ input: 'mono' }}
          {...authority}
        />
      </Collapse>
    </>
  );
}
