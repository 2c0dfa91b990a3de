import { flag, texts, type Session, type Typed } from '../command.ts';
import { readFilter } from '../profiles/read-filter.ts';
import { manyText } from './many-text.ts';

/** Holds back what has not gone out to the people whom the filter describes. */
export async function hold(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const filter = { ...readFilter(texts(typed.options['filter'])), preRegistration: true };
  const dryRun = flag(typed, 'dryRun');
  await session.withInstallation(async ({ emails }) => {
    const report = await emails.hold({ filter, dryRun });
    output.result(report, () => manyText(report, dryRun ? 'would be held back' : 'are held back'));
    if (!dryRun) output.hint('Send them later: tributary email release --filter invitation=held --limit 500');
  });
}
