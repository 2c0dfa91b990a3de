import { Badge, Button, Card } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconUserPlus } from '@tabler/icons-react';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { meQuery } from '../session/queries.ts';
import { CopyCommand } from '../shell/copy-command.tsx';
import { Moment } from '../shell/moment.tsx';
import { Page } from '../shell/page.tsx';
import { RecordTable, type Column } from '../shell/record-table.tsx';
import { InviteForm } from './invite-form.tsx';
import { OperatorActions } from './operator-actions.tsx';
import { operatorsQuery, type Operator } from './queries.ts';

const STATES = { active: 'green', invited: 'blue', disabled: 'gray' } as const;

function columnsFor(own: string | undefined): readonly Column<Operator>[] {
  return [
    { title: 'Name', cell: ({ name }) => name },
    { title: 'Role', cell: ({ role }) => role },
    {
      title: 'State',
      cell: ({ state }) => (
        <Badge variant="dot" color={STATES[state]}>
          {state}
        </Badge>
      ),
    },
    { title: 'Second factor', cell: (operator) => <Factor operator={operator} /> },
    { title: 'Last signed in', cell: ({ lastSignInAt }) => <Moment at={lastSignInAt} /> },
    {
      title: 'Actions',
      cell: (operator) => (operator.name === own ? 'you' : <OperatorActions operator={operator} />),
    },
  ];
}

function Factor({ operator }: { readonly operator: Operator }): ReactNode {
  const { secondFactorSince, secondFactorNeeded } = operator;
  if (secondFactorSince !== null)
    return (
      <>
        since <Moment at={secondFactorSince} />
      </>
    );
  return secondFactorNeeded ? (
    <Badge variant="dot" color="orange" tt="none">
      asked for, not set up
    </Badge>
  ) : (
    'off'
  );
}

function openInvitation(): void {
  modals.open({ title: 'Invite an operator', children: <InviteForm /> });
}

/** Who may use this console, and as what. */
export function OperatorsScreen(): ReactNode {
  const { data: me } = useSuspenseQuery(meQuery);
  const { data, error } = useQuery(operatorsQuery);
  return (
    <Page
      title="Operators"
      lead="An admin registers providers and settles held runs, support helps people, a viewer looks."
      actions={
        <>
          <CopyCommand command="operator create NAME --role support" />
          <Button leftSection={<IconUserPlus size={18} aria-hidden />} onClick={openInvitation}>
            Invite
          </Button>
        </>
      }
    >
      <Card withBorder>
        <RecordTable
          label="Operators"
          columns={columnsFor(me?.name)}
          rows={data?.items}
          keyOf={({ id }) => id}
          error={error}
          empty="There is nobody but you."
        />
      </Card>
    </Page>
  );
}
