import { setMaxListeners } from 'node:events';
import type { Connector, ConnectorOptions, OpenConnector } from '../../connectors/contract/connector.ts';
import type { Connection, ServerConnection } from '../../connectors/contract/definition.ts';
import type { RecordKey, SourceRecord } from '../../connectors/contract/record.ts';
import { Secret } from '../../connectors/contract/secret.ts';
import type { ConnectorTools } from '../../connectors/contract/tools.ts';

/** A value in every type that a kind of database can lose something of, and the text it must come out as. */
export interface TypedColumn {
  readonly name: string;
  readonly type: string;
  readonly literal: string;
  readonly text: string | null;
}

/** What differs between databases in the statements that the suite needs. */
export interface Dialect {
  readonly typed: readonly TypedColumn[];
  /** A text column type without limit. */
  readonly text: string;
  /** A short text column type that may be a primary key and under which different texts are different. */
  readonly exactText: string;
  /** A text as a literal. */
  readonly literal: (text: string) => string;
  /** A condition that fails for every row whose `column` holds no number, and whose message quotes the value. */
  readonly failing: (column: string) => string;
  /** Absent: a column's declared width is kept. */
  readonly anyWidth?: true;
  /** Absent: a column of a primary key takes no NULL. */
  readonly looseKeys?: true;
  /** A time column type that `now` can be written to. */
  readonly time: string;
  /** An expression for `bytes` times the letter x. */
  readonly repeated: (bytes: number) => string;
  /** Statements that make a trigger which replaces what is written to `column`. */
  readonly rewriteOnUpdate: (table: string, column: string) => readonly string[];
  /** Statements that make a trigger which refuses every update. */
  readonly refuseUpdate: (table: string) => readonly string[];
  readonly verify: VerifyDialect;
}

/** How a database is asked whether a password is right. */
export interface VerifyDialect {
  /** An expression for a salted digest of another one, in hexadecimal. */
  readonly digest: (expression: string) => string;
  /** Parameter `place`, from 1; where they have no numbers they are used in this order. */
  readonly parameter: (place: number) => string;
  /** Statements that make what {@link refused} uses. */
  readonly functions: (table: string) => readonly string[];
  /** What must not be asked, why, and the code it fails with (any, when empty); one that writes comes first. */
  readonly refused: (table: string) => readonly (readonly [what: string, query: string, code: string])[];
}

/** One connection of the customer's application. */
export interface Session extends AsyncDisposable {
  execute(sql: string): Promise<void>;
}

/** An empty database of one kind, with its administrator's login. */
export interface ConnectorFixture extends AsyncDisposable {
  readonly open: OpenConnector;
  readonly tools: ConnectorTools;
  readonly dialect: Dialect;
  readonly connection: Connection;
  readonly password: string;
  /** A port on the same host that nobody listens on; absent for a file. */
  readonly closedPort?: number;
  execute(sql: string): Promise<Record<string, unknown>[]>;
  /**
   * A session of its own, for transactions that overlap; absent where the database
   * lets one write at a time.
   */
  readonly openSession?: () => Promise<Session>;
  /** Statements that take what every login may do, and give it back; absent where that is nothing. */
  readonly closed?: readonly string[];
  readonly opened?: readonly string[];
  /** A login that may do nothing yet, with a password of its own unless one is given; absent for a file. */
  readonly createLogin?: (password?: string) => Promise<{ readonly user: string; readonly password: string }>;
}

/** What only servers have. */
export type ServerFixture = Required<Pick<ConnectorFixture, 'closedPort' | 'createLogin'>>;

export function serverOf({ closedPort, createLogin }: ConnectorFixture): ServerFixture {
  if (closedPort === undefined || createLogin === undefined) throw new Error('this is no server');
  return { closedPort, createLogin };
}

/** Opens a connector on a table that has id, mail, pw and changed, unless told otherwise. */
export type Opening = Partial<Omit<ConnectorOptions, 'password' | 'connection'>> & {
  readonly connection?: Partial<ServerConnection>;
  readonly password?: string;
};

export function openOn(fixture: ConnectorFixture, table: string, opening: Opening = {}): Connector {
  const { connection, password, ...options } = opening;
  return fixture.open(
    {
      name: 'contract',
      changes: { mode: 'none' },
      source: { table, key: ['id'] },
      columns: ['mail'],
      passwordColumn: 'pw',
      writeBack: { also: {} },
      ...options,
      connection: Object.assign({}, fixture.connection, connection),
      password: new Secret(password ?? fixture.password),
    },
    fixture.tools,
  );
}

/** A literal of any text, NULL included. */
export function literal({ dialect }: ConnectorFixture, text: string | null): string {
  if (text === null) return 'NULL';
  return dialect.literal(text);
}

let tables = 0;

/** Makes a table of a name that no other test uses. @returns the name. */
export async function makeTable(
  fixture: ConnectorFixture,
  columns: string,
  rows: readonly string[] = [],
): Promise<string> {
  tables += 1;
  const name = `people_${String(tables)}`;
  await fixture.execute(`CREATE TABLE ${name} (${columns})`);
  if (rows.length > 0) await fixture.execute(`INSERT INTO ${name} VALUES ${rows.join(', ')}`);
  return name;
}

export const never = new AbortController().signal;
setMaxListeners(0, never);

/** Every record, read in pages of `limit`. */
export async function readAll(connector: Connector, limit: number): Promise<readonly SourceRecord[]> {
  const all: SourceRecord[] = [];
  let after: RecordKey | null = null;
  do {
    const page = await connector.records.page(after, limit, never);
    all.push(...page.records);
    after = page.next;
  } while (after !== null);
  return all;
}

export async function fingerprintsOf(connector: Connector): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const [key, fingerprint] of connector.records.fingerprints(never)) {
    if (found.has(key)) throw new Error(`the key ${key} came twice`);
    found.set(key, fingerprint);
  }
  return found;
}

/** A key as support staff would type it. */
export const key = (text: string): RecordKey => text as RecordKey;

export const keysOf = (records: readonly SourceRecord[]): readonly string[] =>
  records.map((record) => record.key);
