import type { Session, Typed } from '../command.ts';
import { readWhich } from '../read-which.ts';

export async function retry(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const which = readWhich(typed);
  await session.withInstallation(async ({ emails }) => {
    const result = await emails.retry(which);
    output.result(result, () => `${result.retried} e-mails will be sent again`);
    output.hint('A running server sends them. Follow it: tributary email list');
  });
}
