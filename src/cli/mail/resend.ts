import type { AppContext } from '../../app/context.ts';
import { resendRegistration } from '../../app/mail/resend-registration.ts';
import { listProfiles, type ProfileListing } from '../../app/profiles/list-profiles.ts';
import { AppError } from '../../kernel/errors.ts';
import { option, texts, type Session, type Typed } from '../command.ts';
import { readFilter } from '../profiles/read-filter.ts';

const PAGE = 1_000;

/** New links for everybody who waits for a first password and whom the filter describes, at a rate when one is given. */
export async function resend(session: Session, typed: Typed): Promise<undefined> {
  const { output, actor } = session;
  const filter = { ...readFilter(texts(typed.options['filter'])), preRegistration: true };
  const perHour = readRate(option(typed, 'rate'));
  await session.withContext(async (context) => {
    const profileIds = await idsOf(context, filter);
    const cause = { kind: 'operator', name: actor } as const;
    const result = await resendRegistration(context, { profileIds, cause, perHour });
    output.result(
      result,
      () => `${result.requested.length} people get a new link; ${result.skipped.length} do not`,
    );
    output.hint('A running server sends them (tributary start). Follow it: tributary email list');
  });
}

async function idsOf(context: AppContext, filter: Omit<ProfileListing, 'limit'>): Promise<readonly string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await listProfiles(context, { ...filter, after, limit: PAGE });
    ids.push(...page.map(({ id }) => id));
    after = page.at(-1)?.username;
    if (page.length < PAGE) return ids;
  }
}

/** `200/h` or `200`: e-mails an hour; undefined for all at once. */
function readRate(text: string | null): number | undefined {
  if (text === null) return undefined;
  const count = Number(/^(\d{1,6})(?:\/h)?$/.exec(text)?.[1] ?? 0);
  if (count > 0) return count;
  throw new AppError({
    kind: 'invalid',
    code: 'NUMBER_INVALID',
    message: '--rate takes a number of e-mails an hour, for example 200/h.',
  });
}
