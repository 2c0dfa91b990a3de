import { createInterface } from 'node:readline/promises';
import type { TraceReport } from '../../app/providers/list-traces.ts';
import { removeProvider } from '../../app/providers/remove-provider.ts';
import { showProvider } from '../../app/providers/show-provider.ts';
import { AppError } from '../../kernel/errors.ts';
import { argument, flag, option, type Session, type Typed } from '../command.ts';
import type { Output } from '../output.ts';
import { readChoice } from '../read-choice.ts';

export async function remove(session: Session, typed: Typed): Promise<undefined> {
  const { output, actor, signal } = session;
  const name = argument(typed, 0);
  const people = readChoice('--people', option(typed, 'people'), ['keep', 'disable'] as const) ?? 'keep';
  await session.withContext(async (context) => {
    const { profiles } = await showProvider(context, name);
    if (!flag(typed, 'yes'))
      await confirm(name, `${profiles.linked} people will be ${people === 'keep' ? 'kept' : 'disabled'}.`);
    const { profiles: count, left } = await removeProvider(context, { name, people, actor, signal });
    const result = { name, removed: true, people, profiles: count, left };
    output.result(
      result,
      () => `${name} is removed; ${count} people were ${people === 'keep' ? 'kept' : 'disabled'}`,
    );
    sayWhatIsLeft(output, left);
  });
}

function sayWhatIsLeft(output: Output, { traces, failure }: TraceReport): void {
  if (failure !== null)
    output.hint(`The source could not be asked, so something of ours may be left there: ${failure.message}`);
  for (const { kind, name, remedy } of traces)
    output.hint(`The ${kind} ${name} could not be dropped. Have the database administrator run: ${remedy}`);
}

/** @throws AppError `NOT_CONFIRMED` unless the name is typed; without a terminal nobody can type it. */
async function confirm(name: string, consequence: string): Promise<void> {
  const refused = new AppError({
    kind: 'invalid',
    code: 'NOT_CONFIRMED',
    message: `Removing ${name} was not confirmed; nothing has changed.`,
    remedy: 'Type the name when asked, or give --yes.',
  });
  if (!process.stdin.isTTY) throw refused;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    if ((await terminal.question(`${consequence} Type ${name} to remove it: `)) !== name) throw refused;
  } finally {
    terminal.close();
  }
}
