import { Button, Code, CopyButton, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Moment } from '../shell/moment.tsx';
import type { Invited } from './queries.ts';

/** A link that is shown once, to be handed over by a way that others do not read. */
export function OneTimeLink({ invited }: { readonly invited: Invited }): ReactNode {
  return (
    <Stack>
      <Text size="sm">
        Hand this link to {invited.name} yourself. It is good once, ends <Moment at={invited.expiresAt} />,
        and is not shown again.
      </Text>
      <Code block style={{ wordBreak: 'break-all', whiteSpace: 'pre-wrap' }}>
        {invited.link}
      </Code>
      <CopyButton value={invited.link}>
        {({ copied, copy }) => <Button onClick={copy}>{copied ? 'Copied' : 'Copy the link'}</Button>}
      </CopyButton>
    </Stack>
  );
}
