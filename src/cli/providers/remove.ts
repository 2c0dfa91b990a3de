import type { TraceReport } from '../asks/providers.ts';
import { argument, flag, option, type Session, type Typed } from '../command.ts';
import { confirm } from '../confirm.ts';
import type { Output } from '../output.ts';
import { readChoice } from '../read-choice.ts';

export async function remove(session: Session, typed: Typed): Promise<undefined> {
  const { output, signal } = session;
  const name = argument(typed, 0);
  const people = readChoice('--people', option(typed, 'people'), ['keep', 'disable'] as const) ?? 'keep';
  await session.withInstallation(async ({ providers }) => {
    const { profiles } = await providers.show(name);
    if (!flag(typed, 'yes'))
      await confirm({
        text: `${profiles.linked} people will be ${people === 'keep' ? 'kept' : 'disabled'}. Type ${name} to remove it: `,
        answer: name,
        refusal: `Removing ${name} was not confirmed; nothing has changed.`,
      });
    const { profiles: count, left } = await providers.remove(name, people, signal);
    const result = { name, removed: true, people, profiles: count, left };
    output.result(
      result,
      () => `${name} is removed; ${count} people were ${people === 'keep' ? 'kept' : 'disabled'}`,
    );
    sayWhatIsLeft(output, left);
  });
}

/** What could not be cleared away at the source. */
export function sayWhatIsLeft(output: Output, { traces, failure }: TraceReport): void {
  if (failure !== null)
    output.hint(`The source could not be asked, so something of ours may be left there: ${failure.message}`);
  for (const { kind, name, remedy } of traces)
    output.hint(`The ${kind} ${name} could not be dropped. Have the database administrator run: ${remedy}`);
}
