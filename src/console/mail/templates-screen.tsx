import {
  Badge,
  Button,
  Card,
  Code,
  Group,
  SegmentedControl,
  Select,
  Skeleton,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { meQuery, type Me } from '../session/queries.ts';
import { Page } from '../shell/page.tsx';
import { PlaceLink } from '../shell/place-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { tellDone, tellProblem } from '../shell/tell.ts';
import { MailTabs } from './mail-tabs.tsx';
import {
  htmlAddress,
  previewQuery,
  sendTest,
  templatesQuery,
  type Scheme,
  type Template,
  type WhichTemplate,
} from './queries.ts';

const KINDS: Readonly<Record<Template['kind'], string>> = {
  registration: 'Invitation to set a first password',
  'password-reset': 'Link to set a forgotten password',
  'password-set': 'Word that a password was set',
};

/** Every e-mail as it would be read, in each language, as HTML and text, in light and dark; and a test of how it arrives. */
export function TemplatesScreen(): ReactNode {
  const { data, error } = useQuery(templatesQuery);
  return (
    <Page title="Mail" lead="The words of every e-mail, filled with an invented person.">
      <MailTabs here="templates" />
      <ProblemAlert error={error} />
      {data === undefined ? error === null && <Skeleton h={400} /> : <Chosen templates={data.items} />}
      <Card withBorder component="section">
        <Title order={2} size="h4" mb="xs">
          Words of your own
        </Title>
        <Text size="sm">
          Put files of the same name into the folder that <Code>TRIBUTARY_TEMPLATES_DIR</Code> names, for
          example <Code>sv/registration.html.liquid</Code>, and start again. A folder with all of the files of
          another language adds that language.
        </Text>
      </Card>
    </Page>
  );
}

function Chosen({ templates }: { readonly templates: readonly Template[] }): ReactNode {
  const [which, setWhich] = useState<WhichTemplate>({ kind: 'registration', language: 'en' });
  const found =
    templates.find(({ kind, language }) => kind === which.kind && language === which.language) ??
    templates[0];
  if (found === undefined) return null;
  const kinds = [...new Set(templates.map(({ kind }) => kind))];
  const languages = templates.filter(({ kind }) => kind === found.kind).map(({ language }) => language);
  return (
    <Card withBorder component="section" aria-label="Preview">
      <Group align="flex-end" mb="md">
        <Select
          label="E-mail"
          w={300}
          allowDeselect={false}
          data={kinds.map((kind) => ({ value: kind, label: KINDS[kind] }))}
          value={found.kind}
          onChange={(kind) => kind !== null && setWhich({ ...found, kind })}
        />
        <Select
          label="Language"
          w={160}
          allowDeselect={false}
          data={languages.map((language) => ({ value: language, label: languageName(language) }))}
          value={found.language}
          onChange={(language) => language !== null && setWhich({ ...found, language })}
        />
        <Badge variant="default" tt="none" mb={8}>
          {found.origin === 'own' ? 'your words' : 'built in'}
        </Badge>
        <TestSend which={found} />
      </Group>
      <PreviewOf which={found} />
    </Card>
  );
}

function languageName(language: string): string {
  const name = new Intl.DisplayNames('en', { type: 'language' }).of(language);
  return name === undefined || name === language ? language : `${name} (${language})`;
}

function TestSend({ which }: { readonly which: WhichTemplate }): ReactNode {
  const { data: me } = useQuery(meQuery);
  const sending = useMutation({
    mutationFn: async () => await sendTest(which),
    onSuccess: ({ to }) => tellDone(`Sent to ${to}.`),
    onError: tellProblem,
  });
  if (me === undefined || me === null || me.role === 'viewer') return null;
  return <TestButton me={me} send={() => sending.mutate()} isSending={sending.isPending} />;
}

interface TestButtonProps {
  readonly me: Me;
  readonly send: () => void;
  readonly isSending: boolean;
}

function TestButton({ me, send, isSending }: TestButtonProps): ReactNode {
  if (me.email === null)
    return (
      <Text size="sm" mb={8}>
        To send yourself a test, enter your address under <PlaceLink to="/account">Your account</PlaceLink>.
      </Text>
    );
  return (
    <Button
      variant="default"
      leftSection={<IconSend size={18} aria-hidden />}
      loading={isSending}
      onClick={send}
    >
      Send a test to {me.email}
    </Button>
  );
}

type Look = Scheme | 'text';

const FRAME_HEIGHT = 560;

function PreviewOf({ which }: { readonly which: WhichTemplate }): ReactNode {
  const [look, setLook] = useState<Look>('light');
  const { data, error } = useQuery(previewQuery(which));
  if (data === undefined)
    return error === null ? <Skeleton h={FRAME_HEIGHT} /> : <ProblemAlert error={error} />;
  return (
    <Stack>
      <Text>
        <Text span c="dimmed">
          Subject:{' '}
        </Text>
        <strong>{data.subject}</strong>
      </Text>
      <SegmentedControl
        aria-label="How it is looked at"
        w="fit-content"
        value={look}
        onChange={(chosen) => setLook(chosen)}
        data={[
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
          { value: 'text', label: 'Text' },
        ]}
      />
      {look === 'text' ? (
        <Code block tabIndex={0} role="region" aria-label="Text" style={{ whiteSpace: 'pre-wrap' }}>
          {data.text}
        </Code>
      ) : (
        <iframe
          key={`${which.kind} ${which.language} ${look}`}
          title={`${data.subject}, ${look}`}
          src={htmlAddress(which, look)}
          sandbox=""
          style={{
            width: '100%',
            height: FRAME_HEIGHT,
            border: '1px solid var(--mantine-color-default-border)',
          }}
        />
      )}
    </Stack>
  );
}
