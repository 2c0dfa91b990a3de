import { providerGrants } from '../../app/providers/provider-grants.ts';
import type { Session, Typed } from '../command.ts';
import { readTarget } from './read-target.ts';

export async function grants(session: Session, typed: Typed): Promise<undefined> {
  const target = await readTarget(session, typed);
  await session.withContext(async (context) => {
    const sql = await providerGrants(context, target);
    session.output.result({ sql }, () => sql.trimEnd());
  });
}
