import { AppError } from '../../kernel/errors.ts';
import { option, type Session, type Typed } from '../command.ts';
import type { Settling } from '../asks/passwords.ts';
import { readChoice } from '../read-choice.ts';
import { readWhich } from '../read-which.ts';

/** Decides whose password is in force where one was set here and another one at the provider. */
export async function settle(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const decision = readDecision(typed);
  await session.withInstallation(async ({ writeBacks }) => {
    const result = await writeBacks.settle(decision);
    output.result(result, () =>
      decision.keep === 'here'
        ? 'The password set here will be carried to the provider'
        : `${String(result.settled)} settled: the password of the provider stays`,
    );
    if (decision.keep === 'here')
      output.hint('A running server carries it. Follow it: tributary write-back list');
  });
}

/** @throws AppError `KEEP_UNCLEAR` without `--keep`, and for `--all --keep here`. */
function readDecision(typed: Typed): Settling {
  const which = readWhich(typed);
  const keep = readChoice('--keep', option(typed, 'keep'), ['here', 'provider']);
  if (keep === null) throw unclear('Say whose password is to be in force: --keep here, or --keep provider.');
  if (!('all' in which)) return { ...which, keep };
  if (keep === 'here')
    throw unclear('Passwords set here are insisted on one by one: give an id, or --keep provider.');
  return { all: true, keep };
}

function unclear(message: string): AppError {
  return new AppError({ kind: 'invalid', code: 'KEEP_UNCLEAR', message });
}
