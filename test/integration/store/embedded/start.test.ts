import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { EmbeddedServer } from '../../../../src/store/embedded/server.ts';
import { startEmbeddedServer } from '../../../../src/store/embedded/start.ts';
import { silentLogger } from '../../../support/logger.ts';
import { run, type Running } from '../../../support/processes.ts';

const PROGRAM = path.resolve('test/support/own-embedded-server.ts');
/** Only root has another account to run the server as. */
/** PostgreSQL refuses to run as root, and only then is there an account to choose. */
const root = process.getuid?.() === 0;

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'tributary-embedded-'));
  await chmod(directory, 0o755);
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const start = async (settings: Record<string, string> = {}): Promise<EmbeddedServer> =>
  await startEmbeddedServer({ directory, logger: silentLogger, settings: { fsync: 'off', ...settings } });

async function ask(server: EmbeddedServer, sql: string, database = 'postgres'): Promise<string> {
  const client = new pg.Client({ connectionString: server.url(database) });
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: string }>(sql);
    return rows[0]?.answer ?? '';
  } finally {
    await client.end();
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Another process that owns a server on the folder. */
async function startOwner(): Promise<{ owner: Running; serverPid: number }> {
  const owner = run(process.execPath, ['--import', 'tsx', PROGRAM, directory]);
  const line = await owner.waitFor(/^running \d+ \d+/);
  return { owner, serverPid: Number(line.split(' ')[1]) };
}

describe('the embedded server', () => {
  it('listens on loopback only, with a password, and keeps its data', async () => {
    let pid: number;
    {
      await using server = await start({ work_mem: '5MB' });
      pid = server.pid;
      expect(server).toMatchObject({ host: '127.0.0.1', adopted: false });
      await server.createDatabase('some "name"');
      await server.createDatabase('some "name"');
      expect(await ask(server, 'CREATE TABLE kept AS SELECT 1::text AS answer; ', 'some "name"')).toBe('');
      expect(await ask(server, "SELECT current_setting('listen_addresses') AS answer")).toBe('127.0.0.1');
      expect(await ask(server, "SELECT current_setting('unix_socket_directories') AS answer")).toBe('');
      expect(await ask(server, "SELECT current_setting('work_mem') AS answer")).toBe('5MB');
      expect(
        await ask(
          server,
          'SELECT left(rolpassword, 13) AS answer FROM pg_authid WHERE rolname = current_user',
        ),
      ).toBe('SCRAM-SHA-256');
      const wrong = new pg.Client({
        host: server.host,
        port: server.port,
        user: server.user,
        password: 'x',
        database: 'postgres',
      });
      await expect(wrong.connect()).rejects.toMatchObject({ code: '28P01' });
      const file = await stat(path.join(directory, 'password'));
      expect(file.mode & 0o777).toBe(0o600);
    }
    expect(runs(pid)).toBe(false);
    await using again = await start();
    expect(again.adopted).toBe(false);
    expect(await ask(again, 'SELECT answer FROM kept', 'some "name"')).toBe('1');
  });

  it('refuses a folder that another process uses, and says which', async () => {
    const { owner, serverPid } = await startOwner();
    await using _owner = owner;
    const failure: unknown = await start().catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'AppError', code: 'EMBEDDED_DIRECTORY_IN_USE', kind: 'conflict' });
    expect(String(failure)).toContain(directory);
    expect(String(failure)).toContain(String(owner.pid));
    expect(runs(serverPid)).toBe(true);
    await owner.stop('SIGKILL');
    await using adopted = await start();
    expect(adopted.pid).toBe(serverPid);
  });

  it('refuses a second start in the same process', async () => {
    await using _server = await start();
    await expect(start()).rejects.toMatchObject({ code: 'EMBEDDED_DIRECTORY_IN_USE' });
  });

  it('is adopted when its owner was killed, and can then be stopped', async () => {
    const { owner, serverPid } = await startOwner();
    await owner.stop('SIGKILL');
    expect(runs(serverPid)).toBe(true);
    {
      await using server = await start();
      expect(server).toMatchObject({ adopted: true, pid: serverPid });
      expect(await ask(server, "SELECT 'yes' AS answer")).toBe('yes');
    }
    expect(runs(serverPid)).toBe(false);
  });

  it('starts again when server and owner were both killed', async () => {
    const { owner, serverPid } = await startOwner();
    await owner.stop('SIGKILL');
    process.kill(serverPid, 'SIGKILL');
    await using server = await start();
    expect(server.adopted).toBe(false);
    expect(await ask(server, "SELECT 'yes' AS answer")).toBe('yes');
  });

  it('is not kept from starting by files that name a process of somebody else', async () => {
    await (await start())[Symbol.asyncDispose]();
    const data = path.join(directory, 'cluster', 'data');
    await writeFile(
      path.join(data, 'postmaster.pid'),
      `${String(process.pid)}\n${data}\n1\n5432\n\n127.0.0.1\n\nready\n`,
    );
    await writeFile(
      path.join(directory, 'owner.lock'),
      JSON.stringify({ pid: process.pid, identity: 'an earlier life' }),
    );
    await using server = await start();
    expect(server.adopted).toBe(false);
  });

  it('begins again after an initialisation that was killed half-way', async () => {
    await mkdir(path.join(directory, 'cluster', 'data.new', 'base'), { recursive: true });
    await writeFile(path.join(directory, 'password'), '');
    await using server = await start();
    expect(await ask(server, "SELECT 'yes' AS answer")).toBe('yes');
  });

  it('says what the server said when it cannot start, and gives the folder back', async () => {
    const failure: unknown = await start({ shared_buffers: 'nonsense' }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'EMBEDDED_SERVER_FAILED' });
    expect(String(failure)).toContain('shared_buffers');
    await using server = await start();
    expect(server.adopted).toBe(false);
  });

  it(
    root
      ? 'runs as another account when we are root, elsewhere if that account cannot enter the folder'
      : 'runs as who we are, in a folder that nobody else can enter',
    async () => {
      await chmod(directory, 0o700);
      if (!root) {
        await using server = await start();
        expect((await stat(`/proc/${String(server.pid)}`)).uid).toBe(process.getuid?.());
        return;
      }
      let location: string;
      {
        await using server = await start();
        const owner = await stat(`/proc/${String(server.pid)}`);
        expect(owner.uid).not.toBe(0);
        location = (await readFile(path.join(directory, 'location'), 'utf8')).trim();
        await ask(server, 'CREATE TABLE kept AS SELECT 1::text AS answer');
      }
      try {
        await using again = await start();
        expect(await ask(again, 'SELECT answer FROM kept')).toBe('1');
      } finally {
        await rm(location, { recursive: true, force: true });
      }
    },
  );
});
