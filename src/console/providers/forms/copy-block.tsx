import { Button, Code, CopyButton, Stack } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** Text to take elsewhere: a command, SQL, a file. */
export function CopyBlock({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  return (
    <Stack gap={4} align="flex-start" w="100%">
      <Code block w="100%" tabIndex={0} role="region" aria-label={label} className="copied">
        {text}
      </Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={`Copy: ${label}`}
            leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            onClick={copy}
          >
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </Stack>
  );
}
