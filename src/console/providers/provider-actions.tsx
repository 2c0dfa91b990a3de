import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconPlayerPause, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { requestRun, type NewRun } from '../runs/queries.ts';
import { useMay } from '../session/use-may.ts';
import { CopyCommand } from '../shell/copy-command.tsx';
import { tellDone, tellProblem } from '../shell/tell.ts';
import { setPaused, type ShownProvider } from './queries.ts';

/** Sync now, dry or in earnest; pause and resume: as far as the role goes. */
export function ProviderActions({ provider }: { readonly provider: ShownProvider }): ReactNode {
  const { name, pausedAt } = provider;
  const maySync = useMay('support');
  const mayPause = useMay('admin');
  if (!maySync) return null;
  return (
    <>
      <CopyCommand command={`sync ${name} --wait`} />
      {mayPause && <PauseButton name={name} paused={pausedAt !== null} />}
      <SyncMenu name={name} />
    </>
  );
}

function PauseButton({ name, paused }: { readonly name: string; readonly paused: boolean }): ReactNode {
  const queries = useQueryClient();
  const pausing = useMutation({
    mutationFn: async () => await setPaused(name, !paused),
    onError: tellProblem,
    onSuccess: () => tellDone(paused ? `Scheduled runs of ${name} start again.` : `${name} is paused.`),
    onSettled: async () => await queries.invalidateQueries({ queryKey: ['providers'] }),
  });
  const Icon = paused ? IconPlayerPlay : IconPlayerPause;
  return (
    <Button
      variant="default"
      leftSection={<Icon size={18} aria-hidden />}
      loading={pausing.isPending}
      onClick={() => pausing.mutate()}
    >
      {paused ? 'Resume' : 'Pause'}
    </Button>
  );
}

const WAYS: readonly { readonly label: string; readonly asked: Omit<NewRun, 'provider'> }[] = [
  { label: 'Dry run: show what would change', asked: { kind: 'full', dryRun: true } },
  { label: 'Full run: read everything', asked: { kind: 'full', dryRun: false } },
  { label: 'Delta run: what changed', asked: { kind: 'delta', dryRun: false } },
];

function SyncMenu({ name }: { readonly name: string }): ReactNode {
  const navigate = useNavigate();
  const asking = useMutation({
    mutationFn: requestRun,
    onError: tellProblem,
    onSuccess: async ({ runId }) => await navigate({ to: '/runs/$id', params: { id: runId } }),
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          leftSection={<IconRefresh size={18} aria-hidden />}
          rightSection={<IconChevronDown size={16} aria-hidden />}
          loading={asking.isPending}
        >
          Sync
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {WAYS.map(({ label, asked }) => (
          <Menu.Item key={label} onClick={() => asking.mutate({ provider: name, ...asked })}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
