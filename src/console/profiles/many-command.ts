import type { ManyAction, Pace, People } from './many-queries.ts';
import { filterWords, isEmptyFilter } from './people-filter.ts';

const COMMANDS: Readonly<Record<ManyAction, string>> = {
  resend: 'email resend',
  hold: 'email hold',
  release: 'email release',
  'force-reset': 'profile force-reset',
  'clear-reset': 'profile force-reset --off',
};

/** The same at the command line. People who were chosen one by one have no filter: they are named there too. */
export function manyCommand(action: ManyAction, people: People, { perHour, most }: Pace): string {
  const whom =
    'ids' in people
      ? `--who ${people.ids.join(' ')}`
      : isEmptyFilter(people.filter)
        ? '--all'
        : `--filter ${filterWords(people.filter)}`;
  const limit = most === null ? '' : ` --limit ${String(most)}`;
  const rate = perHour === null ? '' : ` --rate ${String(perHour)}/h`;
  return `${COMMANDS[action]} ${whom}${limit}${rate}`;
}
