import { argument, type Session, type Typed } from '../command.ts';
import { readChoice } from '../read-choice.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { placesOf } from './places.ts';
import { zshScript } from './zsh.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;
const SHELLS = ['bash', 'zsh', 'fish'] as const;
/** Nobody waits longer for a name they could type. */
const LONGEST_MS = 3_000;

export async function print(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  // What the scripts ask; nobody types it.
  if (argument(typed, 0) === 'providers') {
    for (const name of await namesOfProviders(session)) process.stdout.write(`${name}\n`);
    return;
  }
  const shell = readChoice('completion', argument(typed, 0), SHELLS) ?? 'bash';
  const script = SCRIPTS[shell](placesOf(session.tree));
  output.result({ shell, script }, () => script.trimEnd());
}

/** None unless they are quick to have: no store is started for them, and no failure told. */
async function namesOfProviders({ runtime, withInstallation }: Session): Promise<readonly string[]> {
  const { environment } = runtime;
  if ((environment['TRIBUTARY_SERVER'] ?? environment['DATABASE_URL'] ?? '') === '') return [];
  const timer = setTimeout(() => process.exit(0), LONGEST_MS);
  try {
    return await withInstallation(async ({ providers }) => (await providers.list()).map(({ name }) => name));
  } catch {
    return [];
  } finally {
    clearTimeout(timer);
  }
}
