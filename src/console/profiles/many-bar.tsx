import { Button, Group, Menu, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { openMany } from './many-dialog.tsx';
import type { ManyAction, People } from './many-queries.ts';
import { people as peopleText, WORDS } from './many-words.ts';
import { isEmptyFilter, type PeopleFilter } from './people-filter.ts';
import { peopleQuery } from './queries.ts';

const ACTIONS: readonly ManyAction[] = ['resend', 'hold', 'release', 'force-reset', 'clear-reset'];

interface ManyBarProps {
  readonly chosen: ReadonlySet<string>;
  readonly filter: PeopleFilter;
  readonly clear: () => void;
}

/** What can be done to those who are chosen, or to everybody who matches. */
export function ManyBar({ chosen, filter, clear }: ManyBarProps): ReactNode {
  const { data } = useInfiniteQuery(peopleQuery(filter));
  const some = data?.pages.some(({ items }) => items.length > 0) === true;
  if (!some) return null;
  const people: People = chosen.size > 0 ? { ids: [...chosen] } : { filter };
  const whom = isEmptyFilter(filter) ? 'everybody' : 'everybody who matches';
  return (
    <Group gap="sm">
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
            {chosen.size > 0 ? `With ${peopleText(chosen.size)} …` : `With ${whom} …`}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {ACTIONS.map((action) => (
            <Menu.Item key={action} onClick={() => openMany(action, people)}>
              {WORDS[action].title} …
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {chosen.size > 0 ? (
        <Button variant="subtle" onClick={clear}>
          Choose nobody
        </Button>
      ) : (
        <Text size="sm" c="dimmed">
          Choose people in the table to do something to them alone.
        </Text>
      )}
    </Group>
  );
}
