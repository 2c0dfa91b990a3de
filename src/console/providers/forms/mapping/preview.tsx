import { Alert, Badge, Loader, Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../../../shell/problem-alert.tsx';
import { kindOf } from '../../draft/document.ts';
import type { PreviewedRecord } from '../../queries.ts';
import { useEditing } from '../editing.tsx';
import type { Preview } from './use-preview.ts';

/** The first records as the people they would become, while the mapping is written. */
export function PreviewPanel({ preview }: { readonly preview: Preview }): ReactNode {
  const { records = [], busy, ready } = preview;
  return (
    <Stack gap="xs" aria-live="polite" aria-busy={busy}>
      <Group justify="space-between">
        <Text fw={600}>The first ten, mapped</Text>
        {busy && <Loader size="xs" role="status" aria-label="Mapping" />}
      </Group>
      {ready ? (
        <State preview={preview} />
      ) : (
        <Text size="sm" c="dimmed">
          Say where the username comes from, and ten people stand here as they would become.
        </Text>
      )}
      {records.length > 0 && <People records={records} />}
    </Stack>
  );
}

/** What there is to say besides the people: that they are awaited, that there are none, what is wrong. */
function State({ preview: { records, error, old } }: { readonly preview: Preview }): ReactNode {
  if (error !== null) return <ProblemAlert error={error} />;
  if (old)
    return (
      <Text size="sm" c="var(--mantine-color-error)">
        A field cannot be used as it stands; it says why.
        {records !== undefined && ' These are the people from before.'}
      </Text>
    );
  if (records === undefined) return <Skeleton h={320} />;
  return records.length === 0 ? <Nobody /> : null;
}

function Nobody(): ReactNode {
  const { document } = useEditing();
  return (
    <Text size="sm">
      {kindOf(document) === 'push'
        ? 'Nothing has been posted yet. Name the columns as the other system will; what it has posted is shown here as soon as there is something.'
        : 'There are no records in scope yet.'}
    </Text>
  );
}

interface Shown {
  readonly title: string;
  readonly cell: (record: PreviewedRecord) => ReactNode;
}

const FIELDS: readonly (readonly [
  title: string,
  name: 'email' | 'givenName' | 'familyName' | 'displayName' | 'locale',
])[] = [
  ['E-mail', 'email'],
  ['Given name', 'givenName'],
  ['Family name', 'familyName'],
  ['Display name', 'displayName'],
  ['Language', 'locale'],
];

/** The fields that somebody has something in: a table as wide as what is mapped. */
function columnsOf(records: readonly PreviewedRecord[]): readonly Shown[] {
  const attributes = [...new Set(records.flatMap(({ fields }) => Object.keys(fields?.attributes ?? {})))];
  return [
    { title: 'Username', cell: ({ fields }) => <strong>{fields?.username}</strong> },
    ...FIELDS.filter(([, name]) => records.some(({ fields }) => (fields?.[name] ?? '') !== '')).map(
      ([title, name]): Shown => ({ title, cell: ({ fields }) => fields?.[name] }),
    ),
    ...attributes.map((name): Shown => ({ title: name, cell: ({ fields }) => fields?.attributes[name] })),
    { title: 'May sign in', cell: ({ enabled }) => (enabled === null ? '' : enabled ? 'yes' : 'no') },
    { title: 'Flags', cell: (record) => flagsOf(record).join(', ') },
    { title: 'Password', cell: ({ password }) => password ?? 'none' },
  ];
}

function flagsOf({ forceReset, preRegistration }: PreviewedRecord): readonly string[] {
  return [
    ...(forceReset === true ? ['force reset'] : []),
    ...(preRegistration === true ? ['pre-registration'] : []),
  ];
}

function People({ records }: { readonly records: readonly PreviewedRecord[] }): ReactNode {
  const columns = columnsOf(records);
  const faulty = records.filter(({ faults }) => faults.length > 0);
  return (
    <>
      <Table.ScrollContainer minWidth={columns.length * 100}>
        <Table fz="sm" verticalSpacing={6} aria-label="Mapped people">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Record</Table.Th>
              {columns.map(({ title }) => (
                <Table.Th key={title}>{title}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {records.map((record) => (
              <Table.Tr key={record.key}>
                <Table.Td className="mono">{record.key}</Table.Td>
                {record.fields === null ? (
                  <Table.Td colSpan={columns.length}>
                    <Badge color="red" variant="dot" tt="none">
                      cannot be used
                    </Badge>
                  </Table.Td>
                ) : (
                  columns.map(({ title, cell }) => <Table.Td key={title}>{cell(record)}</Table.Td>)
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {faulty.length > 0 && <Faults records={faulty} />}
    </>
  );
}

function Faults({ records }: { readonly records: readonly PreviewedRecord[] }): ReactNode {
  return (
    <Alert color="orange" title={`${String(records.length)} of them cannot be used as it stands`}>
      {records.flatMap(({ key, faults }) =>
        faults.map(({ field, message, code }) => (
          <Text key={`${key} ${field} ${code}`} size="sm">
            <span className="mono">{key}</span> {field}: {message} <span className="dimmed">{code}</span>
          </Text>
        )),
      )}
    </Alert>
  );
}
