import { argument, type Session, type Typed } from '../command.ts';
import { printRecords } from './print-records.ts';

export async function records(session: Session, typed: Typed): Promise<undefined> {
  await session.withContext(async (context) => {
    const count = await printRecords(session, context, argument(typed, 0));
    if (count === 0)
      session.output.hint(
        'This run has no plan: a first import applies what it reads, and one person needs none.',
      );
  });
}
