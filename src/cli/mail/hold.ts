import { holdInvitations } from '../../app/mail/hold-invitations.ts';
import { doToMany } from '../../app/profiles/do-to-many.ts';
import { flag, texts, type Session, type Typed } from '../command.ts';
import { readFilter } from '../profiles/read-filter.ts';
import { manyText } from './many-text.ts';

/** Holds back what has not gone out to the people whom the filter describes. */
export async function hold(session: Session, typed: Typed): Promise<undefined> {
  const { output, actor } = session;
  const filter = { ...readFilter(texts(typed.options['filter'])), preRegistration: true };
  const dryRun = flag(typed, 'dryRun');
  await session.withContext(async (context) => {
    const about = { cause: { kind: 'operator', name: actor }, dryRun } as const;
    const report = await doToMany(
      context,
      { filter },
      async (profileIds) => await holdInvitations(context, { ...about, profileIds }),
    );
    output.result(report, () => manyText(report, dryRun ? 'would be held back' : 'are held back'));
    if (!dryRun) output.hint('Send them later: tributary email release --filter invitation=held --limit 500');
  });
}
