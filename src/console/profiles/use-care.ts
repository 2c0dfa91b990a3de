import { useMutation, useQueryClient } from '@tanstack/react-query';
import { tellDone, tellProblem } from '../shell/tell.ts';
import { tellUndo } from '../shell/tell-undo.tsx';
import { changePerson, resendLink, unlockPerson, type Changes, type Person } from './queries.ts';

const SKIPPED: Readonly<Record<string, string>> = {
  queued: 'The e-mail that was on its way goes out now.',
  disabled: 'Nothing was sent: the person is disabled.',
  'no-email': 'Nothing was sent: there is no address.',
  'not-pre-registered': 'Nothing was sent: the person does not wait for a first password.',
};

interface Act<T = void> {
  readonly isPending: boolean;
  readonly mutate: (about: T) => void;
}

export interface Care {
  readonly send: Act;
  readonly unlock: Act;
  /** Flags with the values they had before, for taking it back. */
  readonly change: Act<{ readonly to: Changes; readonly from: Changes; readonly said: string }>;
}

/** What support does for a person; each says what came of it, and the screen is brought up to date. */
export function useCare(person: Pick<Person, 'id'>): Care {
  const { id } = person;
  const queries = useQueryClient();
  const onSettled = async (): Promise<void> => await queries.invalidateQueries({ queryKey: ['profiles'] });
  const common = { onError: tellProblem, onSettled };
  const send = useMutation({
    ...common,
    mutationFn: async () => await resendLink(id),
    onSuccess: ({ skipped }) => {
      const reason = skipped[0]?.reason;
      tellDone(reason === undefined ? 'A new link is on its way.' : (SKIPPED[reason] ?? reason));
    },
  });
  const unlock = useMutation({
    ...common,
    mutationFn: async () => await unlockPerson(id),
    onSuccess: ({ failures }) => tellDone(`${String(failures)} failed attempts are forgotten.`),
  });
  const change = useMutation({
    ...common,
    mutationFn: async ({ to }: { to: Changes; from: Changes; said: string }) => await changePerson(id, to),
    onSuccess: (_, { from, said }) =>
      tellUndo(said, async () => {
        await changePerson(id, from);
        await onSettled();
      }),
  });
  return { send, unlock, change };
}
