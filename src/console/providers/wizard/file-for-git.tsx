import { Anchor, Button, Drawer, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFileCode } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { asksForPassword, textAt, type Document } from '../draft/document.ts';
import { fileForGit, passwordVariable } from '../draft/yaml.ts';
import { CopyBlock } from '../forms/copy-block.tsx';

/** The definition so far, as the file that an IT team keeps in git. */
export function FileForGit({ document }: { readonly document: Document }): ReactNode {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" leftSection={<IconFileCode size={18} aria-hidden />} onClick={open}>
        The file for git
      </Button>
      <Drawer opened={opened} onClose={close} title="The file for git" position="right" size="lg">
        {opened && <Contents document={document} />}
      </Drawer>
    </>
  );
}

function Contents({ document }: { readonly document: Document }): ReactNode {
  const name = textAt(document, 'name');
  const file = `${name === '' ? 'provider' : name}.yaml`;
  const text = fileForGit(document);
  return (
    <Stack align="flex-start">
      <Text size="sm">
        The definition as it stands now. Applying the file does the same as this page.
        {asksForPassword(document) && (
          <>
            {' '}
            The password is not in it: the command takes it from the variable{' '}
            <span className="mono">{passwordVariable(name)}</span>.
          </>
        )}
      </Text>
      <CopyBlock text={text} label={file} />
      <Anchor
        size="sm"
        href={`data:application/yaml;charset=utf-8,${encodeURIComponent(text)}`}
        download={file}
      >
        Download {file}
      </Anchor>
      <CopyBlock text={`bin/tributary provider apply -f ${file}`} label="Command" />
    </Stack>
  );
}
