import { Badge, Button, Card, Group } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Moment } from '../shell/moment.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { RecordTable, type Column } from '../shell/record-table.tsx';
import { tellDone } from '../shell/tell.ts';
import { endToken, LETTING_IN, tokensQuery, type RevokedToken, type Token } from './queries.ts';
import { TokenForm } from './token-form.tsx';

function columnsWith(end: (id: string) => void): readonly Column<Token>[] {
  return [
    { title: 'Name', cell: ({ name }) => name },
    {
      title: 'Scopes',
      cell: ({ scopes }) => (
        <Group gap={4}>
          {scopes.map((scope) => (
            <Badge key={scope} variant="default" tt="none">
              {scope}
            </Badge>
          ))}
        </Group>
      ),
    },
    { title: 'Made by', cell: ({ createdBy }) => createdBy },
    { title: 'Last used', cell: ({ lastUsedAt }) => <Moment at={lastUsedAt} /> },
    {
      title: 'Ends',
      cell: ({ expiresAt, revokedAt }) =>
        revokedAt === null ? (
          <Moment at={expiresAt} />
        ) : (
          <Badge variant="dot" color="gray">
            ended
          </Badge>
        ),
    },
    {
      title: 'Actions',
      cell: (token) =>
        token.revokedAt === null && (
          <Button size="xs" variant="default" onClick={() => confirmEnd(token, end)}>
            End
          </Button>
        ),
    },
  ];
}

function confirmEnd(token: Token, end: (id: string) => void): void {
  const made = LETTING_IN.some((scope) => token.scopes.includes(scope))
    ? ' Tokens and links that it made end with it, and operators who got in by its links are disabled.'
    : '';
  modals.openConfirmModal({
    title: `End the token ${token.name}?`,
    children: `Whatever uses it is refused from now on.${made} This cannot be undone.`,
    labels: { confirm: 'End it', cancel: 'Keep it' },
    confirmProps: { color: 'red' },
    onConfirm: () => end(token.id),
  });
}

/** What else ended, and who stays who came in by it. */
function tellEnded({ name, tokens, disabled, kept }: RevokedToken): void {
  const also = [
    ...tokens.map((token) => `Its token ${token} has ended too.`),
    ...disabled.map((operator) => `${operator}, who got in by a link of it, is disabled.`),
    ...kept.map(
      (operator) => `${operator}, who got in by a link of it, stays: no other admin could sign in.`,
    ),
  ];
  tellDone([`${name} has ended.`, ...also].join(' '));
}

/** What programs sign in with. */
export function TokensScreen(): ReactNode {
  const queries = useQueryClient();
  const { data, error } = useQuery(tokensQuery);
  const ending = useMutation({
    mutationFn: endToken,
    onSuccess: tellEnded,
    onSettled: async () => await queries.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
  return (
    <Page
      title="Tokens"
      lead="For programs: scoped, and for a limited time. A token is shown once, when it is made."
      actions={
        <Button
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => modals.open({ title: 'New token', size: 'lg', children: <TokenForm /> })}
        >
          New token
        </Button>
      }
    >
      <ProblemAlert error={ending.error} />
      <Card withBorder>
        <RecordTable
          label="Tokens"
          columns={columnsWith((id) => ending.mutate(id))}
          rows={data?.items}
          keyOf={({ id }) => id}
          error={error}
          empty="No token has been made. Programs that call the API need one."
        />
      </Card>
    </Page>
  );
}
