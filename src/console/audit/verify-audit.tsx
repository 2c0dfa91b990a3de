import { Alert, Button, Code, CopyButton, Group, List, Stack, Text } from '@mantine/core';
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { CopyCommand } from '../shell/copy-command.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { verifyAudit, type AuditReport } from './queries.ts';

/** Whether anything was edited, removed, moved or cut off; on request, because it follows every entry. */
export function VerifyAudit(): ReactNode {
  const verifying = useMutation({ mutationFn: verifyAudit });
  return (
    <Stack>
      <Group justify="space-between">
        <Text size="sm">
          Each entry is chained to the one before; the end is noted outside of the store every minute.
        </Text>
        <Group>
          <CopyCommand command="audit verify" />
          <Button variant="default" loading={verifying.isPending} onClick={() => verifying.mutate()}>
            Verify the chain
          </Button>
        </Group>
      </Group>
      <ProblemAlert error={verifying.error} />
      {verifying.data !== undefined && <Report report={verifying.data} />}
    </Stack>
  );
}

function Report({ report }: { readonly report: AuditReport }): ReactNode {
  const { entries, faults, anchors, anchor } = report;
  const compared = `${entries.toLocaleString('en')} entries, compared with ${anchors.toLocaleString('en')} notes`;
  if (faults.length > 0)
    return (
      <Alert
        color="red"
        role="alert"
        icon={<IconShieldX aria-hidden />}
        title="The log is not what was written"
      >
        <Text size="sm">{compared}.</Text>
        <List size="sm">
          {faults.map(({ code, seq, message }) => (
            <List.Item key={`${seq} ${code}`}>
              Entry {seq}: {message} <span className="mono">{code}</span>
            </List.Item>
          ))}
        </List>
      </Alert>
    );
  return (
    <Alert color="green" role="status" icon={<IconShieldCheck aria-hidden />} title="The chain is intact">
      <Text size="sm">{compared}.</Text>
      {anchor !== null && <Anchor anchor={anchor} />}
    </Alert>
  );
}

function Anchor({ anchor }: { readonly anchor: string }): ReactNode {
  return (
    <Group gap="xs" mt={4}>
      <Text size="sm">Its present end:</Text>
      <Code style={{ overflowWrap: 'anywhere' }}>{anchor}</Code>
      <CopyButton value={anchor}>
        {({ copied, copy }) => (
          <Button size="compact-xs" variant="default" onClick={copy}>
            {copied ? 'Copied' : 'Copy, to keep it elsewhere'}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
