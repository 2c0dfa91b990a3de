import { Alert, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyBlock } from '../forms/copy-block.tsx';
import type { PushKey } from '../queries.ts';

export interface PushKeyShownProps {
  readonly made: PushKey;
  readonly keyColumns: readonly string[];
}

/** A key for posts, this once, and a post to try it with. */
export function PushKeyShown({ made, keyColumns }: PushKeyShownProps): ReactNode {
  return (
    <Stack>
      <Alert color="orange" title="Copy the key now: it is not shown again">
        Hand it to the other system by a safe way.
        {made.rotated && ' The key before it stays good for 24 hours.'}
      </Alert>
      <CopyBlock text={made.key} label="Key" />
      <Text size="sm">A post to try it with, in a shell with openssl and curl:</Text>
      <CopyBlock text={exampleRequest(made.url, keyColumns)} label="Example request" />
      <Text size="sm" c="dimmed">
        There are libraries for most languages: standardwebhooks.com. The guide to pushing has everything that
        can be posted, and how a complete set says who is gone.
      </Text>
    </Stack>
  );
}

/** The key is read from the variable KEY: a command with a key in it stays in the shell's history. */
function exampleRequest(url: string, keyColumns: readonly string[]): string {
  const record = {
    ...Object.fromEntries(keyColumns.map((column) => [column, '7'])),
    login: 'ada',
    mail: 'ada@example.org',
  };
  return [
    'read -rs KEY                       # paste the key, then press Enter',
    `BODY='${JSON.stringify({ record })}'`,
    'ID="post-$(date +%s)"; NOW="$(date +%s)"',
    'HEX="$(printf %s "${KEY#whsec_}" | base64 -d | od -An -tx1 | tr -d \' \\n\')"',
    'SIGNATURE="$(printf %s "$ID.$NOW.$BODY" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$HEX" -binary | base64)"',
    `curl -sS -X POST ${url} \\`,
    '  -H "content-type: application/json" -H "webhook-id: $ID" -H "webhook-timestamp: $NOW" \\',
    '  -H "webhook-signature: v1,$SIGNATURE" --data-binary "$BODY"',
  ].join('\n');
}
