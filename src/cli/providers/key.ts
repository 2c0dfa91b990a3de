import { rotatePushKey } from '../../app/push/rotate-push-key.ts';
import { argument, type Session, type Typed } from '../command.ts';

export async function key(session: Session, typed: Typed): Promise<undefined> {
  const name = argument(typed, 0);
  const { output, actor } = session;
  await session.withContext(async (context) => {
    const made = await rotatePushKey(context, { name, actor });
    const shown = made.key.reveal();
    const url = `${context.settings.publicUrl}/hooks/providers/${name}`;
    output.result({ name, key: shown, rotated: made.rotated, url }, () => shown);
    output.hint(`It is shown this once. Posts go to ${url}`);
    if (made.rotated) output.hint('The key before it stays good for 24 hours.');
  });
}
