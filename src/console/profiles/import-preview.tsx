import { Button, Group, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { RecordTable, type Column } from '../shell/record-table.tsx';
import { ImportDecision } from './import-decision.tsx';
import { ImportProblems } from './import-problems.tsx';
import { previewImport, type Columns, type ImportOrder, type ImportPreview } from './import-queries.ts';
import { people } from './many-words.ts';

interface PreviewProps {
  readonly file: File;
  readonly columns: Columns;
  readonly start: (order: ImportOrder) => void;
  readonly back: () => void;
}

type Previewed = ImportPreview['people'][number];

const PEOPLE: readonly Column<Previewed>[] = [
  { title: 'Line', numeric: true, cell: ({ line }) => line },
  { title: 'Username', cell: ({ username }) => username },
  { title: 'E-mail', cell: ({ email }) => email ?? '–' },
  {
    title: 'Gets in by',
    cell: ({ forceReset, preRegistration }) =>
      preRegistration ? 'an invitation' : forceReset ? 'a temporary password' : 'nothing yet',
  },
];

/** What an import would do, row by row, before anything is changed. */
export function ImportPreviewStep(props: PreviewProps): ReactNode {
  const { file, columns, back } = props;
  const { data, error } = useQuery({
    queryKey: ['import', file.name, file.size, file.lastModified, columns],
    queryFn: async () => await previewImport(file, columns),
    gcTime: 0,
    staleTime: Infinity,
  });
  if (error !== null)
    return (
      <Stack mt="md">
        <ProblemAlert error={error} />
        <Group>
          <Button variant="default" onClick={back}>
            Back to the columns
          </Button>
        </Group>
      </Stack>
    );
  if (data === undefined)
    return (
      <Stack mt="md" aria-busy="true" aria-label="Checking every row">
        <Skeleton h={40} />
        <Skeleton h={160} />
      </Stack>
    );
  return <Checked {...props} preview={data} />;
}

function Checked({
  preview,
  columns,
  ...props
}: PreviewProps & { readonly preview: ImportPreview }): ReactNode {
  const { rows, good, refused, problems, people: first } = preview;
  return (
    <Stack mt="md">
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <Figure label="Rows" value={rows} />
        <Figure label="Can be entered" value={good} />
        <Figure label="Have something wrong" value={refused} />
      </SimpleGrid>
      {refused > 0 && <ImportProblems problems={problems} refused={refused} columns={columns} />}
      {first.length > 0 && (
        <>
          <Text size="sm" fw={600}>
            The first {people(first.length)} who would be entered
          </Text>
          <RecordTable
            label="The first people"
            columns={PEOPLE}
            rows={first}
            keyOf={({ line }) => String(line)}
            error={null}
            empty=""
          />
        </>
      )}
      <ImportDecision preview={preview} columns={columns} {...props} />
    </Stack>
  );
}

function Figure({ label, value }: { readonly label: string; readonly value: number }): ReactNode {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text size="xl" fw={700}>
        {value.toLocaleString('en')}
      </Text>
    </div>
  );
}
