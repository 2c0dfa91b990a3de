import { ActionIcon, Menu } from '@mantine/core';
import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { IconDots } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { asProblem } from '../api/problem.ts';
import { OneTimeLink } from './one-time-link.tsx';
import { changeOperator, linkForOperator, operatorsQuery, type Operator, type Role } from './queries.ts';

const ROLES: readonly Role[] = ['viewer', 'support', 'admin'];

function tell(error: unknown): void {
  const { detail, remedy } = asProblem(error);
  notifications.show({ color: 'red', title: detail, message: remedy });
}

/** What an admin may do with another operator. */
export function OperatorActions({ operator }: { readonly operator: Operator }): ReactNode {
  const queries = useQueryClient();
  const changing = useMutation({
    mutationFn: async (change: { role?: Role; disabled?: boolean }) =>
      await changeOperator(operator.id, change),
    onError: tell,
    onSettled: async () => await queries.invalidateQueries({ queryKey: operatorsQuery.queryKey }),
  });
  const linking = useMutation({
    mutationFn: async (dropSecondFactor: boolean) => await linkForOperator(operator.id, dropSecondFactor),
    onError: tell,
    onSuccess: (invited) =>
      modals.open({ title: 'One-time link', children: <OneTimeLink invited={invited} /> }),
  });
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
          <Menu.Item key={role} onClick={() => changing.mutate({ role })}>
            Make {role}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => linking.mutate(false)}>New one-time link</Menu.Item>
        {operator.secondFactorSince !== null && (
          <Menu.Item onClick={() => linking.mutate(true)}>New link, without the second factor</Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item
          {...(!disabled && { color: 'red' })}
          onClick={() => changing.mutate({ disabled: !disabled })}
        >
          {disabled ? 'Enable' : 'Disable'}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
