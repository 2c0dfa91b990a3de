import { Alert, Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { downloadText } from '../shell/download-text.ts';
import { RecordTable, type Column } from '../shell/record-table.tsx';
import { fieldLabel } from './field-labels.ts';
import type { Columns, Problem } from './import-queries.ts';

interface Placed {
  readonly id: string;
  readonly line: string;
  /** As the file names it; empty for a row as a whole. */
  readonly column: string;
  readonly said: string;
  readonly code: string;
}

const COLUMNS: readonly Column<Placed>[] = [
  { title: 'Line', numeric: true, cell: ({ line }) => line },
  { title: 'Column', cell: ({ column }) => column || 'the whole row' },
  { title: 'What is wrong', cell: ({ said }) => said },
  { title: 'Code', cell: ({ code }) => <span className="mono">{code}</span> },
];

const SHOWN = 200;

interface ProblemsProps {
  readonly problems: readonly Problem[];
  /** Rows that cannot be entered; there may be more than are told about. */
  readonly refused: number;
  readonly columns: Columns;
}

/** What is wrong, by row and column, to be looked at here or taken along as a file. */
export function ImportProblems({ problems, refused, columns }: ProblemsProps): ReactNode {
  const placed = problems.map((problem, at) => place(problem, at, columns));
  return (
    <Stack gap="xs">
      <Alert
        color="orange"
        title={`${refused.toLocaleString('en')} ${refused === 1 ? 'row has' : 'rows have'} something wrong`}
      >
        {placed.length > SHOWN
          ? `The first ${String(SHOWN)} of ${placed.length.toLocaleString('en')} problems are shown; the file has them all.`
          : 'Mend them in the file; or leave them out now, and import them by themselves later.'}
      </Alert>
      <RecordTable
        label="Problems"
        columns={COLUMNS}
        rows={placed.slice(0, SHOWN)}
        keyOf={({ id }) => id}
        error={null}
        empty=""
      />
      <Group>
        <Button variant="default" onClick={() => downloadText('problems.csv', csvOf(placed))}>
          Download the problems
        </Button>
      </Group>
    </Stack>
  );
}

function place({ path, code, message, remedy }: Problem, at: number, columns: Columns): Placed {
  const [, line = '', field = ''] = /^line (\d+)(?:, column (.+))?$/.exec(path) ?? [];
  const said = remedy === '' ? message : `${message}. ${remedy}`;
  const column = columns[field] ?? (field === '' ? '' : fieldLabel(field));
  return { id: String(at), line, column, said, code };
}

/** Spreadsheets take a cell that begins like this for a formula; a quote in front makes it text. */
const FORMULA = /^[=+\-@\t\r]/;

function csvOf(rows: readonly Placed[]): string {
  const cell = (text: string): string => {
    const safe = FORMULA.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = rows.map(({ line, column, said, code }) => [line, column, said, code].map(cell).join(','));
  return ['line,column,problem,code', ...lines, ''].join('\r\n');
}
