import { userInfo } from 'node:os';
import { AppError } from '../kernel/errors.ts';
import type { Installation } from './asks/installation.ts';
import type { OpenContext, Runtime } from './runtime.ts';
import { option, type CommandSpec, type Session, type Typed } from './command.ts';

type Opener = Session['withInstallation'];
type Surroundings = Pick<Session, 'runtime' | 'output' | 'signal'>;

/** Where `--server` and its variable point, or null for the store. */
interface Road {
  readonly url: string;
  readonly token: () => string;
}

/**
 * What opens the installation that a command is about. Says at once when a command
 * that only works on the machine itself is to work elsewhere.
 *
 * @throws AppError `NOT_REMOTE`, `OPTIONS_CONFLICT` or `SERVER_INVALID`.
 */
export function installationOpener(about: Surroundings, spec: CommandSpec, typed: Typed): Opener {
  const server = option(typed, 'server');
  const token = option(typed, 'token');
  if (spec.works === 'machine') refuseElsewhere(about, spec, server);
  if (token !== null) warnAboutToken(about);
  return async (work) => {
    const road = await chooseRoad(about, server, token);
    return road === null ? await onStore(about, work) : await overApi(about, road, work);
  };
}

function refuseElsewhere({ runtime }: Surroundings, { words }: CommandSpec, server: string | null): void {
  const inherited = (runtime.environment['TRIBUTARY_SERVER'] ?? '').trim();
  if (server === null && (inherited === '' || words === 'config')) return;
  throw new AppError({
    kind: 'invalid',
    code: 'NOT_REMOTE',
    message: `${words} works on the machine of an installation, and not over its API.`,
    remedy: `Run it there, without ${server === null ? 'TRIBUTARY_SERVER' : '--server'}.`,
  });
}

function warnAboutToken({ output }: Surroundings): void {
  const warning = output.style('yellow', 'warning');
  output.say(
    `${warning}: every user of this machine can read a token on a command line. Set TRIBUTARY_TOKEN instead.`,
  );
}

async function chooseRoad(
  { runtime }: Surroundings,
  server: string | null,
  token: string | null,
): Promise<Road | null> {
  if (server !== null && token !== null)
    return { url: await readServer(server), token: await readToken(token) };
  const { config } = await runtime.config();
  const url = server === null ? config.server : await readServer(server);
  if (url === null && token === null) return null;
  if (url === null) throw tokenForNothing();
  const secret = token === null ? config.token : await readToken(token);
  if (secret === null) throw tokenMissing(url);
  return { url, token: secret };
}

async function readServer(text: string): Promise<string> {
  const { publicUrl } = await import('../../config/types.ts');
  const read = publicUrl.safeParse(text);
  if (read.success) return read.data;
  throw new AppError({
    kind: 'invalid',
    code: 'SERVER_INVALID',
    message: '--server takes the address of an installation, without a path: https://accounts.example.com.',
    remedy: 'Only http://localhost goes without https: the token would travel unprotected.',
  });
}

async function readToken(text: string): Promise<() => string> {
  const { token: tokenType } = await import('../../config/types.ts');
  const read = tokenType.safeParse(text);
  if (read.success) return read.data;
  throw new AppError({ kind: 'invalid', code: 'TOKEN_MISSING', message: '--token holds no API token.' });
}

function tokenForNothing(): AppError {
  return new AppError({
    kind: 'invalid',
    code: 'OPTIONS_CONFLICT',
    message: '--token is for an installation elsewhere, and none is named.',
    remedy: 'Name it with --server or TRIBUTARY_SERVER.',
  });
}

function tokenMissing(url: string): AppError {
  return new AppError({
    kind: 'invalid',
    code: 'TOKEN_MISSING',
    message: `Nothing lets us in at ${url}.`,
    remedy: 'Put an API token into TRIBUTARY_TOKEN: read -rs TRIBUTARY_TOKEN && export TRIBUTARY_TOKEN',
  });
}

/** Each road is loaded when it is taken; apart from `await using`, beside which the compiler leaves an import as it is. */
async function onStore<T>(
  { runtime }: Surroundings,
  work: (installation: Installation) => Promise<T>,
): Promise<T> {
  const { directInstallation } = await import('./direct/installation.ts');
  const actor = `cli:${userInfo().username}`;
  return await withContext(
    runtime,
    async (context) => await work(directInstallation({ context, actor }, runtime)),
  );
}

async function withContext<T>(
  runtime: Runtime,
  work: (context: OpenContext['context']) => Promise<T>,
): Promise<T> {
  await using opened = await runtime.openContext();
  return await work(opened.context);
}

async function overApi<T>(
  { signal }: Surroundings,
  road: Road,
  work: (installation: Installation) => Promise<T>,
): Promise<T> {
  const { remoteInstallation } = await import('./remote/installation.ts');
  return await work(remoteInstallation({ ...road, signal }));
}
