import { Button, CopyButton, Group, List, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { downloadText } from '../shell/download-text.ts';

interface CodesProps {
  /** What has just happened. */
  readonly lead: string;
  readonly codes: readonly string[];
  readonly done: () => void;
}

/** Codes that are shown this once, to be kept. */
export function RecoveryCodes({ lead, codes, done }: CodesProps): ReactNode {
  return (
    <Stack gap="sm">
      <Text size="sm">
        {lead} Keep these codes somewhere safe: each lets you in once without your device. They are not shown
        again.
      </Text>
      <List listStyleType="none" className="mono" aria-label="Recovery codes">
        {codes.map((code) => (
          <List.Item key={code}>{code}</List.Item>
        ))}
      </List>
      <Group>
        <CopyButton value={codes.join('\n')}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        <Button
          variant="default"
          onClick={() => downloadText('recovery-codes.txt', `${codes.join('\n')}\n`, 'text/plain')}
        >
          Download
        </Button>
        <Button onClick={done}>I have kept them</Button>
      </Group>
    </Stack>
  );
}
