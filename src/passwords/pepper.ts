import { AppError } from '../kernel/errors.ts';

/** @returns the value of an environment variable that a format rule names. @throws AppError `PEPPER_MISSING`. */
export type ReadPepper = (environment: string) => string;

/** Peppers out of an environment; a missing one is missing only to whoever needs it. */
export function peppersFrom(environment: Readonly<Record<string, string | undefined>>): ReadPepper {
  return (name) => {
    const pepper = environment[name];
    if (pepper !== undefined && pepper !== '') return pepper;
    throw new AppError({
      kind: 'invalid',
      code: 'PEPPER_MISSING',
      message: `The password format needs the environment variable ${name}, which is not set.`,
      remedy: `Set ${name} for every process of Tributary.`,
    });
  };
}

/** For whoever only looks at hashes. */
export const noPeppers: ReadPepper = peppersFrom({});
