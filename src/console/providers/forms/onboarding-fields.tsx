import { Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { at } from '../draft/document.ts';
import { readRule, writeRule } from '../draft/rule.ts';
import { ChoiceCards, type Choice } from './choice-cards.tsx';
import { ColumnSelect } from './column-select.tsx';
import { problemsAt, useEditing } from './editing.tsx';

type Onboarding = 'none' | 'force-reset' | 'pre-registration';

function choicesFor(known: boolean): readonly Choice<Onboarding>[] {
  return [
    {
      value: 'none',
      title: known ? 'They sign in with the password they have' : 'Nothing happens yet',
      text: known
        ? 'Nobody notices the move.'
        : 'They ask for a link at “forgot password”, or are invited later, in waves.',
    },
    ...(known
      ? [
          {
            value: 'force-reset' as const,
            title: 'They sign in once with the password they have, and choose a new one',
            text: 'The old password is a temporary one: it leads to “set a new password” and nowhere else.',
          },
        ]
      : []),
    {
      value: 'pre-registration',
      title: 'They get an e-mail with a link, and choose their first password',
      text: 'Until then they cannot sign in. The column of addresses has to be mapped.',
    },
  ];
}

/** What people start with who come by this provider. @param known whether they have a password there that works here. */
export function OnboardingFields({ known }: { readonly known: boolean }): ReactNode {
  const { document, change, problems } = useEditing();
  const onboarding = (at(document, 'password.onboarding') ?? 'none') as Onboarding;
  return (
    <Stack>
      <ChoiceCards
        label="What new people start with"
        choices={choicesFor(known)}
        value={onboarding}
        error={problemsAt(problems, 'password.onboarding')}
        onChange={(chosen) => change('password.onboarding', chosen === 'none' ? undefined : chosen)}
      />
      <Title order={2} size="h5">
        Where the provider says it itself, person by person
      </Title>
      <FlagColumn
        path="password.forceReset"
        label="Has to choose a new password"
        description="A column that is true for people with a temporary password. It wins over the choice above."
      />
      <FlagColumn
        path="password.preRegistration"
        label="Has to be invited"
        description="A column that is true for people who have no password yet. It wins over the choice above."
      />
    </Stack>
  );
}

interface FlagColumnProps {
  readonly path: 'password.forceReset' | 'password.preRegistration';
  readonly label: string;
  readonly description: string;
}

function FlagColumn({ path, label, description }: FlagColumnProps): ReactNode {
  const { document, change, problems, proposal } = useEditing();
  const rule = readRule(at(document, path));
  const suggested = proposal?.fields.find((field) => field.path === path);
  const [column = ''] = rule.columns;
  const choose = (name: string): void => {
    const transform = name === suggested?.column ? (suggested.transform as typeof rule.transform) : [];
    const chosen = { ...rule, form: name === '' ? ('none' as const) : ('column' as const), columns: [name] };
    change(path, writeRule(name === column ? chosen : { ...chosen, transform }));
  };
  return (
    <ColumnSelect
      label={label}
      description={
        suggested?.column === column && column !== ''
          ? `${description} Suggested for ${suggested.reason}.`
          : description
      }
      placeholder={
        rule.form === 'none' || rule.form === 'column'
          ? 'no column says so'
          : 'a rule of its own; the file has it'
      }
      value={column}
      error={problemsAt(problems, path)}
      onChange={choose}
    />
  );
}
