import type { ReactNode } from 'react';
import { peopleQuery, type ListedPerson } from '../../profiles/queries.ts';
import { PagedTable } from '../../shell/paged-table.tsx';
import { PlaceLink } from '../../shell/place-link.tsx';
import type { Column } from '../../shell/record-table.tsx';
import { StateBadge } from '../../shell/state-badge.tsx';

const COLUMNS: readonly Column<ListedPerson>[] = [
  {
    title: 'Username',
    cell: ({ id, username }) => (
      <PlaceLink to="/people/$who" params={{ who: id }}>
        {username}
      </PlaceLink>
    ),
  },
  { title: 'Name', cell: ({ displayName }) => displayName },
  { title: 'E-mail', cell: ({ email }) => email },
  { title: 'Record', cell: ({ recordKey }) => <span className="mono">{recordKey}</span> },
  { title: 'State', cell: ({ enabled }) => <StateBadge state={enabled ? 'active' : 'disabled'} /> },
];

/** The people that came by a provider. */
export function PeopleTab({ name }: { readonly name: string }): ReactNode {
  return (
    <>
      <PlaceLink to="/people" search={{ provider: name }}>
        Search and filter them among all people
      </PlaceLink>
      <PagedTable
        query={peopleQuery({ provider: name })}
        label="People"
        columns={COLUMNS}
        keyOf={({ id }) => id}
        empty="Nobody came by this provider yet. Start a run: Sync, above."
      />
    </>
  );
}
