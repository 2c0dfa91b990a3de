import { Code, CopyButton, Button, Stack } from '@mantine/core';
import type { ReactNode } from 'react';

/** The definition as it is in force: JSON, which is YAML too, so that it can be kept as a file and applied. */
export function DefinitionText({
  definition,
}: {
  readonly definition: Readonly<Record<string, unknown>>;
}): ReactNode {
  const text = JSON.stringify(definition, null, 2);
  return (
    <Stack align="flex-start">
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button variant="default" size="xs" onClick={copy}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
      <Code block w="100%" tabIndex={0} role="region" aria-label="Definition">
        {text}
      </Code>
    </Stack>
  );
}
