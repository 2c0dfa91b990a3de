import { Card, Text } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { DownloadMenu } from '../shell/download-menu.tsx';
import { Moment } from '../shell/moment.tsx';
import { Page } from '../shell/page.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { stretchQueryOf } from '../shell/read-stretch.ts';
import type { Column } from '../shell/record-table.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { auditQuery, type AuditEntry } from './queries.ts';
import { VerifyAudit } from './verify-audit.tsx';

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

/** Everything operators did. Nobody can change it; verifying proves that nobody has. */
export function AuditScreen(): ReactNode {
  const search = useSearch({ from: '/inside/audit' });
  const isNarrowed = Object.values(search).some((value) => value !== undefined);
  return (
    <Page
      title="Audit log"
      lead="Append-only: what operators and tokens did."
      actions={<DownloadMenu path="/exports/audit" filter={stretchQueryOf(search)} />}
    >
      <Card withBorder>
        <VerifyAudit />
      </Card>
      <AuditFilters search={search} />
      <Card withBorder>
        <PagedTable
          query={auditQuery(search)}
          label="Audit log"
          columns={COLUMNS}
          keyOf={({ seq }) => seq}
          empty={isNarrowed ? 'Nobody did that. Take a filter away.' : 'Nothing has been done yet.'}
        />
      </Card>
    </Page>
  );
}
