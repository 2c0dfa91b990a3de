import { Button, Card, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyCommand } from '../shell/copy-command.tsx';
import { Moment } from '../shell/moment.tsx';
import { Page } from '../shell/page.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import type { Column } from '../shell/record-table.tsx';
import { auditQuery, type AuditEntry } from './queries.ts';

const COLUMNS: readonly Column<AuditEntry>[] = [
  { title: 'Number', numeric: true, cell: ({ seq }) => seq },
  { title: 'When', cell: ({ at }) => <Moment at={at} /> },
  { title: 'Who', cell: ({ actor }) => actor },
  { title: 'Did what', cell: ({ action }) => action },
  { title: 'To whom or what', cell: ({ subject }) => subject },
  {
    title: 'Detail',
    cell: ({ detail }) => (
      <Text size="xs" className="mono" lineClamp={3} style={{ overflowWrap: 'anywhere' }}>
        {Object.keys(detail).length === 0 ? '' : JSON.stringify(detail)}
      </Text>
    ),
  },
];

/** Everything operators did, newest first. Nobody can change it; a command proves that nobody has. */
export function AuditScreen(): ReactNode {
  return (
    <Page
      title="Audit log"
      lead="Append-only, each entry chained to the one before."
      actions={
        <>
          <CopyCommand command="audit verify" />
          <Button component="a" href="/api/v1/exports/audit" variant="default">
            Download as CSV
          </Button>
        </>
      }
    >
      <Card withBorder>
        <PagedTable
          query={auditQuery}
          label="Audit log"
          columns={COLUMNS}
          keyOf={({ seq }) => seq}
          empty="Nothing has been done yet."
        />
      </Card>
    </Page>
  );
}
