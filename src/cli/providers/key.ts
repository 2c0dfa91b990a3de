import { argument, type Session, type Typed } from '../command.ts';

export async function key({ output, withInstallation }: Session, typed: Typed): Promise<undefined> {
  await withInstallation(async ({ providers }) => {
    const name = argument(typed, 0);
    const made = await providers.makeKey(name);
    output.result({ name, ...made }, () => made.key);
    output.hint(`It is shown this once. Posts go to ${made.url}`);
    if (made.rotated) output.hint('The key before it stays good for 24 hours.');
  });
}
