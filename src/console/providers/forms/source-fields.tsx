import { SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { at, kindOf, listAt, textAt } from '../draft/document.ts';
import { withoutSource } from '../draft/proposal.ts';
import { ColumnList } from './column-select.tsx';
import { problemsAt, useEditing, useText } from './editing.tsx';
import { QueryField } from './query-field.tsx';
import { TableChoice } from './table-choice.tsx';

/** Which records there are: a table, a view or a query, what tells them apart, and which of them count. */
export function SourceFields(): ReactNode {
  const { document, problems } = useEditing();
  if (kindOf(document) === 'push')
    return (
      <KeyField
        label="Key"
        description="What tells the records apart that are posted to us: the names of one or more of their columns."
      />
    );
  return (
    <Stack>
      <TableOrQuery />
      <KeyField label="Key" description="Columns that are unique together, and never empty or changed." />
      <Condition />
      {problemsAt(problems, 'source') !== undefined && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {problemsAt(problems, 'source')}
        </Text>
      )}
    </Stack>
  );
}

function TableOrQuery(): ReactNode {
  const { document, change, fresh, replace } = useEditing();
  const [how, setHow] = useState(at(document, 'source.query') === undefined ? 'table' : 'query');
  const choose = (chosen: string): void => {
    setHow(chosen);
    if (fresh) replace(withoutSource);
    else change(chosen === 'table' ? 'source.query' : 'source.table', undefined);
  };
  return (
    <>
      <SegmentedControl
        aria-label="Where the records are"
        transitionDuration={0}
        data={[
          { value: 'table', label: 'In a table or view' },
          { value: 'query', label: 'In a query' },
        ]}
        value={how}
        onChange={choose}
      />
      {how === 'table' ? <TableChoice /> : <QueryField />}
    </>
  );
}

function KeyField(shown: { readonly label: string; readonly description: string }): ReactNode {
  const { document, change, replace, table, problems, query } = useEditing();
  const key = listAt(document, 'source.key');
  return (
    <>
      <ColumnList
        {...shown}
        required
        value={key}
        error={problemsAt(problems, 'source.key')}
        // What was wrong goes at once: a line that goes when the field is left moves the button that is being pressed.
        onTyping={() => {
          if (problems.length > 0) replace((present) => present);
        }}
        onChange={(columns) => change('source.key', columns.length === 0 ? undefined : columns)}
      />
      {table !== undefined && table.key.length > 0 && key.join() === table.key.join() && (
        <Text size="sm" c="dimmed">
          {query.described === undefined || textAt(document, 'source.query') === ''
            ? 'It is the key of the table.'
            : 'A guess: no record looked at leaves it empty, or has it twice. Be sure that is so of all.'}
        </Text>
      )}
    </>
  );
}

function Condition(): ReactNode {
  const { document } = useEditing();
  const table = textAt(document, 'source.table');
  return (
    <Textarea
      label="Only records where"
      description="A condition in SQL, such as tenant = 'acme'. Empty: all of them."
      placeholder={`every record of ${table === '' ? 'the source' : table}`}
      autosize
      minRows={1}
      maxRows={6}
      classNames={{ input: 'mono' }}
      {...useText('source.where')}
    />
  );
}
