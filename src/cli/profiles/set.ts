import { argument, texts, type Session, type Typed } from '../command.ts';
import { printable } from '../output.ts';
import { readPairs } from '../read-pairs.ts';
import { changeText } from '../runs/run-text.ts';

export async function set(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const changes = readPairs(texts(typed.args[1]));
  await session.withInstallation(async ({ profiles }) => {
    const result = await profiles.set(argument(typed, 0), changes);
    const changed = changeText(result.changes);
    output.result(result, () =>
      changed === '' ? `${result.username} was so already` : printable(`${result.username}\n${changed}`),
    );
    if (result.emailRequested) output.hint('A running server sends the e-mail.');
  });
}
