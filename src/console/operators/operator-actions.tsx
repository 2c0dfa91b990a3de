import { ActionIcon, Menu } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconDots } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { tellProblem } from '../shell/tell.ts';
import { tellUndo } from '../shell/tell-undo.tsx';
import { OneTimeLink } from './one-time-link.tsx';
import { openOperatorSessions } from './operator-sessions.tsx';
import { changeOperator, linkForOperator, operatorsQuery, type Operator, type Role } from './queries.ts';

const ROLES: readonly Role[] = ['viewer', 'support', 'admin'];

interface Change {
  readonly role?: Role;
  readonly disabled?: boolean;
}

/** What an admin may do with another operator. */
export function OperatorActions({ operator }: { readonly operator: Operator }): ReactNode {
  const { change, link } = useActions(operator);
  const disabled = operator.state === 'disabled';
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" aria-label={`What to do with ${operator.name}`}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {ROLES.filter((role) => role !== operator.role).map((role) => (
          <Menu.Item key={role} onClick={() => change({ role }, `${operator.name} is ${role} now.`)}>
            Make {role}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => openOperatorSessions(operator)}>Sessions …</Menu.Item>
        {!disabled && <Menu.Item onClick={() => link(false)}>New one-time link …</Menu.Item>}
        {!disabled && operator.secondFactorSince !== null && (
          <Menu.Item onClick={() => link(true)}>New link, without the second factor …</Menu.Item>
        )}
        <Menu.Divider />
        {disabled ? (
          <Menu.Item onClick={() => change({ disabled: false }, `${operator.name} is enabled.`)}>
            Enable
          </Menu.Item>
        ) : (
          <Menu.Item c="var(--mantine-color-error)" onClick={() => askDisable(operator, change)}>
            Disable …
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function askDisable({ name }: Operator, change: (to: Change, said: string) => void): void {
  modals.openConfirmModal({
    title: `Disable ${name}?`,
    children:
      'Sessions, one-time links and tokens of theirs end at once. Enabling them brings none of those back.',
    labels: { confirm: 'Disable', cancel: 'Cancel' },
    confirmProps: { color: 'red' },
    onConfirm: () => change({ disabled: true }, `${name} is disabled.`),
  });
}

function useActions(operator: Operator): {
  readonly change: (to: Change, said: string) => void;
  readonly link: (dropSecondFactor: boolean) => void;
} {
  const { id, name, role } = operator;
  const queries = useQueryClient();
  const settled = async (): Promise<void> =>
    await queries.invalidateQueries({ queryKey: operatorsQuery.queryKey });
  const changing = useMutation({
    mutationFn: async ({ to }: { to: Change; said: string }) => await changeOperator(id, to),
    onError: tellProblem,
    onSettled: settled,
    onSuccess: (_, { to, said }) =>
      tellUndo(said, async () => {
        await changeOperator(id, to.role === undefined ? { disabled: to.disabled !== true } : { role });
        await settled();
      }),
  });
  const linking = useMutation({
    mutationFn: async (dropSecondFactor: boolean) => await linkForOperator(id, dropSecondFactor),
    onError: tellProblem,
    onSettled: settled,
    onSuccess: (invited) =>
      modals.open({ title: 'One-time link', children: <OneTimeLink invited={invited} /> }),
  });
  const ask = (dropSecondFactor: boolean): void =>
    void modals.openConfirmModal({
      title: dropSecondFactor ? `Drop the second factor of ${name}?` : `A new link for ${name}?`,
      children: dropSecondFactor
        ? 'For somebody who has lost their device and their recovery codes: make sure it is really them who asks. Until the link is used, the password alone lets them in.'
        : 'For somebody who has forgotten their password. An earlier link stops working; their sessions end when this one is used.',
      labels: { confirm: dropSecondFactor ? 'Drop it and make a link' : 'Make a link', cancel: 'Cancel' },
      ...(dropSecondFactor && { confirmProps: { color: 'red' } }),
      onConfirm: () => linking.mutate(dropSecondFactor),
    });
  return { change: (to, said) => changing.mutate({ to, said }), link: ask };
}
