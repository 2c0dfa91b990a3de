import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  createSourceDatabase,
  createStoreDatabase,
  type SourceDatabase,
  type StoreDatabase,
} from './databases.ts';
import { runCommand, type CommandResult } from './tributary.ts';

/** Commands as people and scripts call them, each a process of its own, on a store and a customer's database. */
export class CommandLine implements AsyncDisposable {
  readonly folder: string;
  readonly source: SourceDatabase;
  readonly env: NodeJS.ProcessEnv;
  readonly #store: StoreDatabase;

  private constructor(about: { folder: string; store: StoreDatabase; source: SourceDatabase }) {
    this.folder = about.folder;
    this.source = about.source;
    this.#store = about.store;
    this.env = {
      ...process.env,
      NODE_OPTIONS: '',
      DATABASE_URL: about.store.url,
      TRIBUTARY_DATA_DIR: about.folder,
      TRIBUTARY_ALLOW_LOOPBACK_ADDRESSES: 'true',
      ACME_DB_PASSWORD: about.source.password,
    };
  }

  /** @param sql what the customer's database holds at first. */
  static async open(sql = ''): Promise<CommandLine> {
    const folder = await mkdtemp(path.join(tmpdir(), 'tributary-cli-'));
    const store = await createStoreDatabase();
    return new CommandLine({ folder, store, source: await createSourceDatabase(sql) });
  }

  async run(...args: readonly string[]): Promise<CommandResult> {
    return await runCommand(args, this.env);
  }

  async runIn(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<CommandResult> {
    return await runCommand(args, env);
  }

  /** The command's one document; fails unless it ended as expected and printed nothing else. */
  async json<T = unknown>(code: number, ...args: readonly string[]): Promise<T> {
    const result = await this.run(...args, '--json');
    if (result.code !== code)
      throw new Error(`exit ${String(result.code)}:\n${result.stdout}\n${result.stderr}`);
    return JSON.parse(result.stdout) as T;
  }

  /** The documents of a list. */
  async jsonLines<T = unknown>(...args: readonly string[]): Promise<T[]> {
    const result = await this.run(...args, '--json');
    if (result.code !== 0) throw new Error(`exit ${String(result.code)}:\n${result.stderr}`);
    const lines = result.stdout.split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as T);
  }

  /** @returns where the text was written. */
  async write(name: string, text: string): Promise<string> {
    const file = path.join(this.folder, name);
    await writeFile(file, text);
    return file;
  }

  async rowsIn(table: string): Promise<number> {
    const rows = await this.#store.store.read.query<{ count: number }[]>(
      `SELECT count(*)::int FROM ${table}`,
    );
    return rows[0]?.count ?? -1;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#store[Symbol.asyncDispose]();
    await this.source[Symbol.asyncDispose]();
    await rm(this.folder, { recursive: true, force: true });
  }
}
