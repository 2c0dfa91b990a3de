import { argument, type Session, type Typed } from '../command.ts';

export async function pause({ output, withInstallation }: Session, typed: Typed): Promise<undefined> {
  const name = argument(typed, 0);
  await withInstallation(async ({ providers }) => {
    const { changed } = await providers.pause(name);
    output.result(
      { name, paused: true, changed },
      () => `${name} is paused; what operators ask for still runs`,
    );
  });
}

export async function resume({ output, withInstallation }: Session, typed: Typed): Promise<undefined> {
  const name = argument(typed, 0);
  await withInstallation(async ({ providers }) => {
    const { changed } = await providers.resume(name);
    output.result({ name, paused: false, changed }, () => `${name} follows its schedule`);
  });
}
