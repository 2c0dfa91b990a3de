import { CommandLine } from './command-line.ts';
import { PEOPLE, people } from './context.ts';
import { runInProcess } from './in-process.ts';
import { freePort } from './processes.ts';
import { startTributary, type CommandResult, type Tributary } from './tributary.ts';

/** The same customer, the same commands: once on the store, once over the API of a running server. */
export class Road implements AsyncDisposable {
  readonly line: CommandLine;
  readonly server: Tributary | null;
  readonly env: NodeJS.ProcessEnv;

  private constructor(line: CommandLine, server: Tributary | null, env: NodeJS.ProcessEnv) {
    this.line = line;
    this.server = server;
    this.env = env;
  }

  static async open(elsewhere: boolean): Promise<Road> {
    const line = await CommandLine.open(`${PEOPLE} ${people(30)}
      INSERT INTO people (id, login, mail) VALUES (99, 'broken', 'no address');`);
    const made = await line.run('token', 'create', 'laptop', '--scope', ALL_SCOPES);
    if (!elsewhere) return new Road(line, null, line.env);
    const server = await startTributary({
      databaseUrl: line.env['DATABASE_URL'] ?? '',
      dataDirectory: line.folder,
      port: await freePort(),
    });
    // What is left of the environment of a laptop: where the server is, and what the files ask for.
    const { PATH, ACME_DB_PASSWORD } = line.env;
    const env = {
      PATH,
      ACME_DB_PASSWORD,
      TRIBUTARY_SERVER: server.origin,
      TRIBUTARY_TOKEN: made.stdout.trim(),
    };
    return new Road(line, server, env);
  }

  /** As somebody at this end would; in this process, one command at a time. */
  async run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
    return await runInProcess({ ...this.env, ...env }, args);
  }

  /** Runs a command in this process, and masks what differs between two installations and two moments. */
  async printed(
    args: readonly string[],
  ): Promise<{ readonly stdout: string; readonly stderr: string; readonly ended: number | null }> {
    const own = await Promise.all(args.map(async (arg) => await this.resolve(arg)));
    const { stdout, stderr, code: ended } = await runInProcess(this.env, own);
    return { stdout: masked(this, stdout), stderr: masked(this, stderr), ended };
  }

  /** `{file}`, `{run}`, … as they are on this road. */
  async resolve(arg: string): Promise<string> {
    return (await RESOLVED[arg]?.(this)) ?? arg;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server?.[Symbol.asyncDispose]();
    await this.line[Symbol.asyncDispose]();
  }
}

const ALL_SCOPES = [
  'providers:read,providers:write,runs:read,runs:write,profiles:read,profiles:write',
  'mail:read,mail:write,write-backs:read,write-backs:write,audit:read,operators:read',
  'operators:write,tokens:read,tokens:write',
].join();

/** What differs from road to road, by what stands for it. */
const RESOLVED: Readonly<Record<string, (road: Road) => Promise<string>>> = {
  '{file}': (road) => definition(road, 'username: login, email: mail'),
  '{other}': (road) => definition(road, 'username: login', 'other'),
  '{changed}': (road) => definition(road, 'username: login, email: mail, givenName: first_name'),
  '{push}': (road) => road.line.write('inbox.yaml', PUSH),
  '{csv}': (road) => road.line.write('people.csv', CSV),
  '{staff}': (road) => road.line.write('staff.csv', STAFF),
  '{held}': (road) => road.line.write('held.csv', HELD),
  '{run}': (road) => idOf(road, 'run', 'list', '--limit', '1'),
  '{user7}': (road) => idOf(road, 'profile', 'show', 'user7'),
  '{token}': (road) => idOf(road, 'token', 'list'),
};

/** The id in the first document that a command prints. */
async function idOf(road: Road, ...args: readonly string[]): Promise<string> {
  const { stdout } = await runInProcess(road.env, [...args, '--json']);
  return (JSON.parse(stdout.split('\n')[0] ?? '') as { id: string }).id;
}

const CSV = 'username;email\nbob;bob@example.org\neve;nobody\n';
const STAFF =
  'Login;E-Mail;Room;Password\nsten;sten@example.org;B=2;secret words\nada;again@example.org;;x\n';
const HELD = [
  'username,email,preRegistration',
  ...['hal', 'hedda', 'hugo'].map((who) => `${who},${who}@example.org,yes`),
].join('\n');
const PUSH = 'name: inbox\nconnector: push\nsource: { key: [id] }\nmapping: { username: login }\n';

async function definition({ line }: Road, mapping: string, name = 'acme'): Promise<string> {
  const { port, database, user } = line.source;
  return await line.write(
    `${name}.yaml`,
    `name: ${name}
connector: postgres
connection: { host: 127.0.0.1, port: ${String(port)}, database: ${database}, user: ${user},
  password: '\${ACME_DB_PASSWORD}', tls: disable }
source: { table: people, key: [id] }
mapping: { ${mapping} }
password: { column: pw_hash, onboarding: force-reset }
`,
  );
}

/** What differs between two installations and two moments. */
function masked(road: Road, text: string): string {
  const { port, database, user } = road.line.source;
  return (
    text
      .replaceAll(/#[\w-]{43}|tributary_[\w-]{43}|whsec_[\w+/=]+/g, 'SECRET')
      .replaceAll(road.line.folder, 'FOLDER')
      .replaceAll(database, 'DATABASE')
      .replaceAll(user, 'USER')
      .replaceAll(String(port), 'PORT')
      .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, 'ID')
      .replaceAll(/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)?/g, 'MOMENT')
      .replaceAll(/\b[0-9a-f]{64}\b|\b\d+:[\w-]{43}/g, 'DIGEST')
      .replaceAll(/cli:\w+|token:\w+/g, 'SOMEBODY')
      .replaceAll(/http:\/\/localhost:\w+/g, 'ORIGIN')
      .replaceAll(/"lastUsedAt":(null|"MOMENT")/g, '"lastUsedAt":"SOME TIME"')
      .replaceAll(/\b(waiting|reading|importing|applying): .*\n/g, '')
      .replaceAll(/"seq":"\d+"/g, '"seq":"NUMBER"')
      // A server notes where the log ends by itself.
      .replaceAll(/\d+ anchors|"anchors":\d+/g, 'ANCHORS')
      // What a worker logs, it logs where it works.
      .replaceAll(/^.*a safeguard holds a run.*\n/gm, '')
      .replaceAll(/ {2,}/g, '  ')
  );
}
