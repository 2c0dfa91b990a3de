import { Button, FileInput, Group, List, Stack, Text } from '@mantine/core';
import { IconFileTypeCsv } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState, type DragEvent, type ReactNode } from 'react';
import { downloadText } from '../shell/download-text.ts';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { lookAtFile, type FileLook } from './import-queries.ts';

interface FileProps {
  readonly chosen: (file: File, look: FileLook) => void;
}

const EXAMPLE = 'username,email,givenName,familyName,preRegistration\r\n';

/** Chooses the file, by a dialog or by dropping it. */
export function ImportFile({ chosen }: FileProps): ReactNode {
  const looking = useMutation({
    mutationFn: lookAtFile,
    onSuccess: (look, file) => chosen(file, look),
  });
  return (
    <DropArea dropped={(file) => looking.mutate(file)}>
      <ProblemAlert error={looking.error} />
      <FileInput
        label="CSV file"
        description="Comma, semicolon or tab; UTF-8; 100,000 rows at most. You can drop it here, too."
        placeholder="Choose a file"
        accept=".csv,.tsv,.txt,text/csv"
        leftSection={<IconFileTypeCsv size={18} aria-hidden />}
        disabled={looking.isPending}
        onChange={(file) => file !== null && looking.mutate(file)}
        maw={480}
      />
      <Text size="sm">
        The first line names the columns. You say in the next step what each of them holds:
      </Text>
      <List size="sm">
        <List.Item>a username for everybody, and an address for whoever gets an invitation;</List.Item>
        <List.Item>names, language, anything else worth keeping;</List.Item>
        <List.Item>yes or no for pre-registration, person by person.</List.Item>
      </List>
      <Group>
        <Button variant="subtle" onClick={() => downloadText('people.csv', EXAMPLE)}>
          Download an empty file
        </Button>
      </Group>
    </DropArea>
  );
}

interface DropProps {
  readonly dropped: (file: File) => void;
  readonly children: ReactNode;
}

function DropArea({ dropped, children }: DropProps): ReactNode {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file !== undefined) dropped(file);
  };
  return (
    <Stack
      mt="md"
      p="md"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      style={{
        border: '2px dashed var(--mantine-color-default-border)',
        borderRadius: 'var(--mantine-radius-md)',
        ...(over && { background: 'var(--mantine-color-default-hover)' }),
      }}
    >
      {children}
    </Stack>
  );
}
