import { flag, option, texts, type Session, type Typed } from '../command.ts';
import { readFilter } from '../profiles/read-filter.ts';
import { manyText } from './many-text.ts';
import { readRate } from './read-rate.ts';

/** New links for everybody who waits for a first password and whom the filter describes, at a rate when one is given. */
export async function resend(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const filter = { ...readFilter(texts(typed.options['filter'])), preRegistration: true };
  const perHour = readRate(option(typed, 'rate'));
  const dryRun = flag(typed, 'dryRun');
  await session.withInstallation(async ({ emails }) => {
    const report = await emails.resend({ filter, perHour, dryRun });
    output.result(report, () => manyText(report, dryRun ? 'would get a new link' : 'get a new link'));
    if (!dryRun) output.hint('A running server sends them. Follow it: tributary email list');
  });
}
