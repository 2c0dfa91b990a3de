import { Button, CopyButton } from '@mantine/core';
import { IconTerminal2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** The same as the command line would do it. */
export function CopyCommand({ command }: { readonly command: string }): ReactNode {
  return (
    <CopyButton value={`bin/tributary ${command}`}>
      {({ copied, copy }) => (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconTerminal2 size={16} aria-hidden />}
          onClick={copy}
        >
          {copied ? 'Copied' : 'Copy as command'}
        </Button>
      )}
    </CopyButton>
  );
}
