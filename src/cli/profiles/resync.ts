import { findProfile } from '../../app/profiles/find-profile.ts';
import { findRecord } from '../../app/profiles/find-record.ts';
import { argument, type ExitCode, type Session, type Typed } from '../command.ts';
import { resyncRecord } from '../runs/resync-record.ts';

export async function resync(session: Session, typed: Typed): Promise<ExitCode> {
  return await session.withContext(async (context) => {
    const profile = await findProfile(context, argument(typed, 0));
    return await resyncRecord(session, context, await findRecord(context, profile));
  });
}
