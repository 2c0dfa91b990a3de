import { Button, Card, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { meQuery, type Me } from '../session/queries.ts';
import { CopyCommand } from '../shell/copy-command.tsx';
import { Page } from '../shell/page.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { PlaceButton } from '../shell/place-button.tsx';
import { PlaceLink } from '../shell/place-link.tsx';
import { ManyBar } from './many-bar.tsx';
import { columnsFor } from './people-columns.tsx';
import { filterWords, isEmptyFilter, type PeopleFilter } from './people-filter.ts';
import { PeopleFilters } from './people-filters.tsx';
import { peopleQuery } from './queries.ts';

/** People, found by the beginning of a name, a username or an address, or by a record's key; the filters are in the address. */
export function PeopleScreen(): ReactNode {
  const search = useSearch({ from: '/inside/people' });
  const { data: me } = useSuspenseQuery(meQuery);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  if (me === null) return null;
  const helps = me.role !== 'viewer';
  const choose = (id: string, on: boolean): void =>
    setChosen((before) => {
      const after = new Set(before);
      if (on) after.add(id);
      else after.delete(id);
      return after;
    });
  return (
    <Page
      title="People"
      lead="Every profile, wherever it comes from."
      actions={<Actions me={me} search={search} />}
    >
      <PeopleFilters search={search} onChange={() => setChosen(new Set())} />
      {helps && <ManyBar chosen={chosen} filter={search} clear={() => setChosen(new Set())} />}
      <Card withBorder p="sm">
        <PagedTable
          query={peopleQuery(search)}
          label="People"
          columns={columnsFor(helps ? { chosen, choose } : null)}
          keyOf={({ id }) => id}
          empty={<Nobody search={search} me={me} />}
        />
      </Card>
    </Page>
  );
}

function Actions({ me, search }: { readonly me: Me; readonly search: PeopleFilter }): ReactNode {
  const words = filterWords(search);
  return (
    <>
      <CopyCommand command={`profile list${words === '' ? '' : ` --filter ${words}`}`} />
      {me.role !== 'viewer' && (
        <Button component="a" href={`/api/v1/exports/profiles${queryOf(search)}`} variant="default">
          Download as CSV
        </Button>
      )}
      {me.role === 'admin' && (
        <>
          <PlaceButton to="/people/import" variant="default">
            Import a file
          </PlaceButton>
          <PlaceButton to="/people/new">New person</PlaceButton>
        </>
      )}
    </>
  );
}

function queryOf(search: PeopleFilter): string {
  const given = Object.entries(search).map(([name, value]): [string, string] => [name, String(value)]);
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

function Nobody({ search, me }: { readonly search: PeopleFilter; readonly me: Me }): ReactNode {
  const navigate = useNavigate({ from: '/people' });
  if (!isEmptyFilter(search))
    return (
      <>
        <Text>Nobody is like that. Check the spelling, or take a filter away.</Text>
        <Button variant="default" mt="sm" onClick={() => void navigate({ search: {} })}>
          Take all filters away
        </Button>
      </>
    );
  if (me.role !== 'admin')
    return <Text>There is nobody yet. People come from providers, or an admin enters them.</Text>;
  return (
    <Text>
      There is nobody yet. <PlaceLink to="/providers">Register a provider</PlaceLink>,{' '}
      <PlaceLink to="/people/import">import a file</PlaceLink>, or{' '}
      <PlaceLink to="/people/new">enter somebody</PlaceLink>.
    </Text>
  );
}
