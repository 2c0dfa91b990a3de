import { argument, type Session, type Typed } from '../command.ts';
import { time } from '../output.ts';

export async function sessions(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  await session.withInstallation(async ({ profiles }) => {
    const found = await profiles.sessions(argument(typed, 0));
    output.list(found, () =>
      output.table(
        ['SIGNED IN', 'LAST SEEN', 'UNTIL', 'ADDRESS', 'BROWSER'],
        found.map((one) => [
          time(one.createdAt),
          time(one.seenAt),
          time(one.expiresAt),
          one.address ?? '',
          one.userAgent ?? '',
        ]),
        'Signed in nowhere.',
      ),
    );
  });
}
