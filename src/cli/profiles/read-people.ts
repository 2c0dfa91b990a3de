import { AppError } from '../../kernel/errors.ts';
import type { People } from '../asks/mail.ts';
import type { ProfileAsks, ProfileFilter } from '../asks/profiles.ts';
import { flag, texts, type OptionSpec, type Typed } from '../command.ts';
import { FILTER } from './filter-option.ts';
import { readFilter } from './read-filter.ts';

/** For commands that do something to many people. */
export const PEOPLE_OPTIONS: readonly OptionSpec[] = [
  FILTER,
  { flags: '--who <people...>', description: 'these people: ids, usernames or addresses' },
  { flags: '--all', description: 'everybody' },
];

export const DRY_RUN: OptionSpec = {
  flags: '--dry-run',
  description: 'only tell how many it concerns',
};

/**
 * Whom a command is about.
 *
 * @param narrowed what the command asks of those whom a filter describes.
 * @throws AppError `PEOPLE_UNNAMED` unless exactly one of the ways to name people was taken, or that somebody is not there.
 */
export async function readPeople(
  profiles: Pick<ProfileAsks, 'show'>,
  typed: Typed,
  narrowed: ProfileFilter,
): Promise<People> {
  const filter = texts(typed.options['filter']);
  const who = texts(typed.options['who']);
  const ways = [filter.length > 0, who.length > 0, flag(typed, 'all')].filter(Boolean).length;
  if (ways !== 1)
    throw new AppError({
      kind: 'invalid',
      code: 'PEOPLE_UNNAMED',
      message: 'Name the people in one way: --filter KEY=VALUE…, --who WHO… or --all.',
    });
  if (who.length === 0) return { filter: { ...narrowed, ...given(readFilter(filter)) } };
  const ids: string[] = [];
  for (const name of who) ids.push((await profiles.show(name)).id);
  return { ids };
}

function given(filter: ProfileFilter): ProfileFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}
