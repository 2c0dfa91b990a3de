import { Spotlight, spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import { IconDatabase, IconSearch, IconUser } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { ListPage } from '../api/pages.ts';
import { get } from '../api/request.ts';
import type { ListedPerson } from '../profiles/queries.ts';
import { providersQuery } from '../providers/queries.ts';
import type { Me } from '../session/queries.ts';
import { placesFor } from './places.ts';

export const openPalette = (): void => spotlight.open();

const TYPING_MS = 200;
const MOST_PEOPLE = 7;
/** One letter is the beginning of too many names. */
const LEAST_LETTERS = 2;

const foundQuery = (text: string) =>
  queryOptions({
    queryKey: ['profiles', 'palette', text],
    queryFn: async ({ signal }) =>
      await get<ListPage<ListedPerson>>('/profiles', { query: { text, limit: MOST_PEOPLE }, signal }),
    enabled: text.length >= LEAST_LETTERS,
    staleTime: 30_000,
  });

/** ⌘K: any section, provider or person, by the beginning of a name. */
export function CommandPalette({ me }: { readonly me: Me }): ReactNode {
  const [typed, setTyped] = useState('');
  const [opened, setOpened] = useState(false);
  const [text] = useDebouncedValue(typed.trim(), TYPING_MS);
  const { data: providers } = useQuery({ ...providersQuery, enabled: opened });
  const { data: people, isFetching } = useQuery(foundQuery(text));
  const go = useGoing();
  return (
    <Spotlight
      query={typed}
      onQueryChange={setTyped}
      onSpotlightOpen={() => setOpened(true)}
      onSpotlightClose={() => setOpened(false)}
      clearQueryOnClose
      actions={[
        { group: 'Screens', actions: placesFor(me.role).map(go.place) },
        { group: 'Providers', actions: (providers?.items ?? []).map(({ name }) => go.provider(name)) },
        { group: 'People', actions: typed === '' ? [] : (people?.items ?? []).map(go.person) },
      ]}
      filter={(query, groups) => groups.flatMap((group) => narrowed(group, query))}
      shortcut={['mod + K']}
      // With a modifier it types nothing: it works in fields too, such as the one a dialog begins with.
      tagsToIgnore={[]}
      triggerOnContentEditable
      scrollable
      attributes={{ content: { 'aria-label': 'Go to' } }}
      maxHeight={420}
      nothingFound={isFetching || text !== typed.trim() ? 'Looking …' : 'Nothing and nobody is called that.'}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: 'Go to …',
        'aria-label': 'Go to',
        onKeyDown: ({ key }) => {
          if (key === 'Enter') takeFirst();
        },
      }}
    />
  );
}

/** People come later than the kit chooses a line: then Enter means the first. */
function takeFirst(): void {
  const lines = [...document.querySelectorAll<HTMLElement>('.mantine-Spotlight-action')];
  if (lines.some((line) => line.hasAttribute('data-selected'))) return;
  lines[0]?.click();
}

type Group = Parameters<NonNullable<Parameters<typeof Spotlight>[0]['filter']>>[1][number];

/** People were found by the server, by more than their names; the rest is narrowed down here. */
function narrowed(group: Group, query: string): readonly Group[] {
  if (!('actions' in group)) return [];
  const wanted = query.trim().toLowerCase();
  const actions =
    group.group === 'People'
      ? group.actions
      : group.actions.filter(({ label = '' }) => label.toLowerCase().includes(wanted));
  return actions.length === 0 ? [] : [{ ...group, actions }];
}

function useGoing() {
  const navigate = useNavigate();
  return {
    place: ({ to, label, icon: Icon }: ReturnType<typeof placesFor>[number]): SpotlightActionData => ({
      id: to,
      label,
      leftSection: <Icon size={20} aria-hidden />,
      onClick: () => void navigate({ to }),
    }),
    provider: (name: string): SpotlightActionData => ({
      id: `provider ${name}`,
      label: name,
      leftSection: <IconDatabase size={20} aria-hidden />,
      onClick: () => void navigate({ to: '/providers/$name', params: { name } }),
    }),
    person: ({ id, username, displayName, email }: ListedPerson): SpotlightActionData => ({
      id: `person ${id}`,
      label: username,
      description: [displayName, email].filter((part) => part !== null).join(' · '),
      leftSection: <IconUser size={20} aria-hidden />,
      onClick: () => void navigate({ to: '/people/$who', params: { who: id } }),
    }),
  };
}
