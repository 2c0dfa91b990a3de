import type { ConnectorKind } from '../../../../connectors/contract/definition.ts';
import { TEMPLATES } from '../../../../connectors/templates/index.ts';
import { passwordVariable } from '../definition-yaml.ts';
import { askSecret, askText, choose, tell } from './ask.ts';

/** Where a database is, as somebody said. */
export interface Whereabouts {
  readonly name: string;
  readonly connector: ConnectorKind;
  /** Null: an application of one's own. */
  readonly template: string | null;
  readonly connection: Readonly<Record<string, unknown>>;
  /** For looking around now; the file names a variable. Empty: there is none. */
  readonly password: string;
}

const KINDS = {
  postgres: 'PostgreSQL',
  mysql: 'MySQL or MariaDB',
  sqlite: 'SQLite, a file on the machine of the installation',
  push: 'None: its system pushes records over HTTP',
} as const;
const PORTS: Readonly<Partial<Record<ConnectorKind, string>>> = { postgres: '5432', mysql: '3306' };
const OWN = 'own';
const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;

export async function askWhereabouts(): Promise<Whereabouts> {
  const application = await choose('Whose people are they?', [
    { value: OWN, label: 'Of an application of our own' },
    ...TEMPLATES.map(({ name, application: label }) => ({ value: name, label })),
  ]);
  const template = TEMPLATES.find(({ name }) => name === application) ?? null;
  const connector = await askKind(template?.connectors ?? (Object.keys(KINDS) as ConnectorKind[]));
  const name = await askText('What is this provider to be called? (a-z, 0-9 and -)', {
    placeholder: 'acme-hr',
    check: (text) => (NAME.test(text) ? undefined : 'Lower-case letters, digits and hyphens, please.'),
  });
  return { name, connector, template: template?.name ?? null, ...(await askConnection(name, connector)) };
}

async function askKind(kinds: readonly ConnectorKind[]): Promise<ConnectorKind> {
  const [only] = kinds;
  if (kinds.length === 1 && only !== undefined) return only;
  return await choose(
    'Which kind of database?',
    kinds.map((kind) => ({ value: kind, label: KINDS[kind] })),
  );
}

/** The connection alone: asked again when it does not work. */
export async function askConnection(
  name: string,
  connector: ConnectorKind,
): Promise<Pick<Whereabouts, 'connection' | 'password'>> {
  if (connector === 'push') return { connection: {}, password: '' };
  if (connector === 'sqlite')
    return {
      connection: { file: await askText('Path of the file', { placeholder: '/srv/app/data/app.db' }) },
      password: '',
    };
  const host = await askText('Host', { placeholder: 'db.example.com' });
  const port = await askText('Port', {
    initial: PORTS[connector] ?? '',
    check: (text) => (/^\d{1,5}$/.test(text) ? undefined : 'A number, please.'),
  });
  const database = await askText('Database');
  const user = await askText('User that Tributary logs in as', { placeholder: 'tributary' });
  const password = await askSecret('Password (for looking around now)');
  if (password !== '')
    tell(
      `The file will not have it: it says \${${passwordVariable(name)}}, which is taken from the environment.`,
    );
  const tls = await choose('Encryption', [
    { value: 'verify-full', label: 'TLS, certificate and name checked' },
    { value: 'verify-ca', label: 'TLS, certificate checked, name not' },
    { value: 'require-insecure', label: 'TLS, nothing checked', hint: 'anybody in between can read along' },
    { value: 'disable', label: 'None', hint: 'for this machine only' },
  ]);
  return { connection: { host, port: Number(port), database, user, tls }, password };
}
