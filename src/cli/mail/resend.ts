import { resendRegistration } from '../../app/mail/resend-registration.ts';
import { doToMany } from '../../app/profiles/do-to-many.ts';
import { flag, option, texts, type Session, type Typed } from '../command.ts';
import { readFilter } from '../profiles/read-filter.ts';
import { manyText } from './many-text.ts';
import { readRate } from './read-rate.ts';

/** New links for everybody who waits for a first password and whom the filter describes, at a rate when one is given. */
export async function resend(session: Session, typed: Typed): Promise<undefined> {
  const { output, actor } = session;
  const filter = { ...readFilter(texts(typed.options['filter'])), preRegistration: true };
  const perHour = readRate(option(typed, 'rate'));
  const dryRun = flag(typed, 'dryRun');
  await session.withContext(async (context) => {
    const about = { cause: { kind: 'operator', name: actor }, perHour, dryRun } as const;
    const report = await doToMany(
      context,
      { filter },
      async (profileIds) => await resendRegistration(context, { ...about, profileIds }),
    );
    output.result(report, () => manyText(report, dryRun ? 'would get a new link' : 'get a new link'));
    if (!dryRun)
      output.hint('A running server sends them (tributary start). Follow it: tributary email list');
  });
}
