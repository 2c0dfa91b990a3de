import type { ReactNode } from 'react';
import { Moment } from '../shell/moment.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import type { Column } from '../shell/record-table.tsx';
import { errorsQuery, type RunError } from './queries.ts';

const COLUMNS: readonly Column<RunError>[] = [
  { title: 'Record', cell: ({ recordKey }) => <span className="mono">{recordKey}</span> },
  { title: 'Field', cell: ({ field }) => field },
  { title: 'Reason', cell: ({ message }) => message },
  { title: 'Code', cell: ({ code }) => <span className="mono">{code}</span> },
  { title: 'Mended', cell: ({ resolvedAt }) => <Moment at={resolvedAt} /> },
];

/** The records that a run could not use, and why. */
export function RunErrors({ id }: { readonly id: string }): ReactNode {
  return (
    <PagedTable
      query={errorsQuery(id)}
      label="Records that cannot be used"
      columns={COLUMNS}
      keyOf={(row) => row.id}
      empty="Every record could be used."
    />
  );
}
