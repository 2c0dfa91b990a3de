import type { Completes } from '../command.ts';
import type { Place } from './places.ts';

/** How a shell is told what a value may be. */
export type Reply = (completes: Completes) => string;

/** The paths of all commands and groups, as a pattern of `case`: bash and zsh read them alike. */
export function known(places: readonly Place[]): string {
  const paths = places.map(({ path }) => path).filter((path) => path !== '');
  return `      ${paths.map((path) => `'${path}'`).join('|')}`;
}

/** A case for each option that takes a value: the place, and the option before. */
export function valueCases(places: readonly Place[], reply: Reply): string {
  return places
    .flatMap(({ path, values }) => [...values].map(([flag, completes]) => ({ path, flag, completes })))
    .filter(({ flag }) => flag !== null)
    .map(({ path, flag, completes }) => `    '${path}|${flag ?? ''}') ${reply(completes)}; return ;;`)
    .join('\n');
}

/** A case for each command whose first argument can be told. */
export function argumentCases(places: readonly Place[], reply: Reply): string {
  return places
    .flatMap(({ path, values }) => {
      const completes = values.get(null);
      return completes === undefined ? [] : [`    '${path}') ${reply(completes)}; return ;;`];
    })
    .join('\n');
}
