import { Alert, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyBlock } from '../forms/copy-block.tsx';
import type { Document } from '../draft/document.ts';
import { examplePost } from '../draft/example-post.ts';
import type { PushKey } from '../queries.ts';

export interface PushKeyShownProps {
  readonly made: PushKey;
  readonly definition: Document;
}

/** A key for posts, this once, and a post to try it with. */
export function PushKeyShown({ made, definition }: PushKeyShownProps): ReactNode {
  return (
    <Stack>
      <Alert color="orange" title="Copy the key now: it is not shown again">
        Hand it to the other system by a safe way.
        {made.rotated && ' The key before it stays good for 24 hours.'}
      </Alert>
      <CopyBlock text={made.key} label="Key" />
      <Text size="sm">A post to try it with, in a shell with openssl and curl:</Text>
      <CopyBlock text={examplePost(made.url, definition)} label="Example request" />
      <Text size="sm" c="dimmed">
        There are libraries for most languages: standardwebhooks.com. The guide to pushing has everything that
        can be posted, and how a complete set says who is gone.
      </Text>
    </Stack>
  );
}
