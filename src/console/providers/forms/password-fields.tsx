import { Select, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { at, kindOf, textAt } from '../draft/document.ts';
import { passwordFormatsQuery } from '../queries.ts';
import { ChoiceCards, type Choice } from './choice-cards.tsx';
import { ColumnSelect } from './column-select.tsx';
import { problemsAt, useEditing, useText } from './editing.tsx';
import { OnboardingFields } from './onboarding-fields.tsx';
import { WriteBackFields } from './write-back-fields.tsx';

type Where = 'column' | 'verify' | 'nowhere';

/** Where passwords are now, what new people start with, and what is carried back. */
export function PasswordFields(): ReactNode {
  const { document } = useEditing();
  const where = whereOf(at(document, 'password'));
  return (
    <Stack gap="xl">
      <WhereField where={where} />
      <OnboardingFields known={where !== 'nowhere'} />
      {where === 'column' && kindOf(document) !== 'push' && <BackToTheSource />}
    </Stack>
  );
}

/** A query is read and never written; what a definition says of it all the same is shown, to be mended. */
function BackToTheSource(): ReactNode {
  const { document } = useEditing();
  const asked = textAt(document, 'source.query') !== '';
  if (!asked || at(document, 'password.writeBack') !== undefined) return <WriteBackFields />;
  return (
    <Text size="sm" c="dimmed">
      Passwords that people set here are not carried back: the records come from a query, and nothing can be
      written through one. Choose a table for that.
    </Text>
  );
}

function whereOf(password: unknown): Where {
  if (at(password, 'verify') !== undefined) return 'verify';
  return at(password, 'column') === undefined ? 'nowhere' : 'column';
}

const COLUMN: Choice<Where> = {
  value: 'column',
  title: 'In a column, as hashes',
  text: 'People go on with the password they have.',
};
const VERIFY: Choice<Where> = {
  value: 'verify',
  title: 'The database checks them itself',
  text: 'Tributary asks it, with a query of yours, and never sees a hash.',
};
const NOWHERE: Choice<Where> = {
  value: 'nowhere',
  title: 'Nowhere that could be read',
  text: 'Everybody chooses a password here, by a link in an e-mail.',
};

function WhereField({ where }: { readonly where: Where }): ReactNode {
  const { document, change, proposal } = useEditing();
  const suggested = proposal?.fields.find(({ path }) => path === 'password.column');
  const choose = (chosen: Where): void => {
    change('password.verify', chosen === 'verify' ? { query: '' } : undefined);
    change('password.column', chosen === 'column' ? (suggested?.column ?? '') : undefined);
    if (chosen === 'column') return;
    change('password.format', undefined);
    change('password.writeBack', undefined);
  };
  return (
    <Stack>
      <ChoiceCards
        label="Where people’s passwords are now"
        choices={kindOf(document) === 'push' ? [COLUMN, NOWHERE] : [COLUMN, VERIFY, NOWHERE]}
        value={where}
        onChange={choose}
      />
      {where === 'column' && <Column reason={suggested?.reason} />}
      {where === 'verify' && <Verify />}
    </Stack>
  );
}

function Column({ reason }: { readonly reason: string | undefined }): ReactNode {
  const { document, change, problems, proposal } = useEditing();
  const column = textAt(document, 'password.column');
  return (
    <>
      <ColumnSelect
        label="Column of hashes"
        value={column}
        error={problemsAt(problems, 'password.column')}
        onChange={(name) => change('password.column', name)}
      />
      {reason !== undefined && (
        <Text size="sm" c="dimmed">
          Suggested for {reason}
          {(proposal?.hashFormats.length ?? 0) > 0 &&
            `; recognised: ${proposal?.hashFormats.join(', ') ?? ''}`}
          .
        </Text>
      )}
      <FormatField />
    </>
  );
}

/** Rules for odd formats are written in the file, and left alone here. */
function FormatField(): ReactNode {
  const { document, change, problems, proposal } = useEditing();
  const { data: formats = [] } = useQuery(passwordFormatsQuery);
  const format = at(document, 'password.format');
  if (typeof format === 'object')
    return (
      <Text size="sm">
        The format is a rule of its own; the file has it: password.format.
        {proposal?.salted != null && ` Suggested for ${proposal.salted.reason}.`}
      </Text>
    );
  return (
    <Select
      label="Format"
      description="Recognised for each record by its look, unless it is one that has none of its own."
      data={[
        { value: 'auto', label: 'recognised for each record' },
        ...formats.map(({ name, onlyNamed }) => ({
          value: name,
          label: onlyNamed ? `${name} (has to be named)` : name,
        })),
      ]}
      searchable
      allowDeselect={false}
      value={typeof format === 'string' ? format : 'auto'}
      error={problemsAt(problems, 'password.format')}
      onChange={(chosen) => change('password.format', chosen === 'auto' ? undefined : (chosen ?? undefined))}
    />
  );
}

/** How each database writes parameters, and an example. */
const QUERIES = {
  postgres: ['$1 and on, the password the last of them', 'SELECT check_password($1, $2)'],
  mysql: [
    'a ? each, the password the last of them',
    'SELECT COUNT(*) = 1 FROM users WHERE id = ? AND pw = SHA2(?, 256)',
  ],
  sqlite: ['?1 and on, the password the last of them', 'SELECT pw = ?2 FROM users WHERE id = ?1'],
  push: ['', ''],
} as const;

function Verify(): ReactNode {
  const { document } = useEditing();
  const [parameters, example] = QUERIES[kindOf(document)];
  return (
    <Textarea
      label="Query that says whether a password is right"
      description={`The parts of the key and the password are parameters: ${parameters}. The guide says what it has to answer.`}
      placeholder={example}
      autosize
      minRows={2}
      required
      classNames={{ input: 'mono' }}
      {...useText('password.verify.query')}
    />
  );
}
