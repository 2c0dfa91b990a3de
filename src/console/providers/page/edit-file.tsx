import { Button, Stack, Textarea } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { textAt } from '../draft/document.ts';
import { definitionYaml, readYaml } from '../draft/yaml.ts';
import type { Edited } from './use-edited.ts';

/** The definition as YAML; taking it over is an edit like one in the forms. */
export function EditFile({ name, edited }: { readonly name: string; readonly edited: Edited }): ReactNode {
  const { document, replace } = edited.editing;
  const [text, setText] = useState(() => definitionYaml(document));
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    setText(definitionYaml(document));
  }, [document]);
  const take = (): void => {
    const read = readYaml(text);
    const wrong = faultOf(read, name);
    setFault(wrong);
    if (wrong !== null || !read.ok) return;
    if (read.password !== null) edited.setPassword(read.password);
    replace(() => read.document);
  };
  return (
    <Stack>
      <Textarea
        label="Definition"
        description="YAML, as the guide to definitions explains it. The database’s password is not shown; leave it out to keep it."
        autosize
        minRows={12}
        maxRows={40}
        spellCheck={false}
        classNames={{ input: 'mono' }}
        value={text}
        error={fault}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Button variant="default" style={{ alignSelf: 'flex-start' }} onClick={take}>
        Take it over
      </Button>
    </Stack>
  );
}

function faultOf(read: ReturnType<typeof readYaml>, name: string): string | null {
  if (!read.ok) return read.message;
  return textAt(read.document, 'name') === name ? null : `The name has to stay ${name}.`;
}
