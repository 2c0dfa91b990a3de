import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { run, type Running } from './processes.ts';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** What a command printed and how it ended. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The product as people run it: its own process, its own command. */
export interface Tributary extends AsyncDisposable {
  readonly origin: string;
  readonly server: Running;
  run(args: readonly string[]): Promise<CommandResult>;
  /** The newest captured mail to an address, once there is one. */
  mailTo(address: string): Promise<Mail>;
}

const COMMAND = path.resolve('bin/tributary');
const MAIL_POLL_MS = 100;
const MAIL_POLLS = 300;

export interface TributaryOptions {
  readonly databaseUrl: string;
  readonly dataDirectory: string;
  readonly port: number;
  /** Where SQLite files may be; nowhere unless given. */
  readonly sqliteFolder?: string;
}

/** Starts `tributary start` and waits until it is ready. */
export async function startTributary(options: TributaryOptions): Promise<Tributary> {
  const origin = `http://localhost:${String(options.port)}`;
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    NO_COLOR: '1',
    DATABASE_URL: options.databaseUrl,
    TRIBUTARY_DATA_DIR: options.dataDirectory,
    TRIBUTARY_PORT: String(options.port),
    TRIBUTARY_PUBLIC_URL: origin,
    TRIBUTARY_ALLOW_LOOPBACK_ADDRESSES: 'true',
    SITE_ROLE_PASSWORD: 'role password',
    TRIBUTARY_SQLITE_FOLDERS: options.sqliteFolder ?? '',
  };
  const server = run(process.execPath, [COMMAND, 'start'], { env });
  await waitUntilReady(origin, server);
  return {
    origin,
    server,
    run: async (args) => await runCommand(args, env),
    mailTo: async (address) => await waitForMail(origin, address),
    [Symbol.asyncDispose]: async () => {
      await server.stop('SIGTERM');
    },
  };
}

async function waitUntilReady(origin: string, server: Running): Promise<void> {
  for (;;) {
    if (server.child.exitCode !== null) throw new Error(`tributary ended:\n${server.lines.join('\n')}`);
    const response = await fetch(`${origin}/health/ready`).catch(() => null);
    if (response?.ok === true) return;
    await sleep(MAIL_POLL_MS);
  }
}

export async function runCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<CommandResult> {
  const child = spawn(process.execPath, [COMMAND, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await ended) as [number | null];
  return { code, stdout, stderr };
}

async function waitForMail(origin: string, address: string): Promise<Mail> {
  for (let poll = 0; poll < MAIL_POLLS; poll += 1) {
    const response = await fetch(`${origin}/mailbox.json`);
    const mails = (await response.json()) as Mail[];
    const found = mails.find((mail) => mail.to === address);
    if (found !== undefined) return found;
    await sleep(MAIL_POLL_MS);
  }
  throw new Error(`no mail to ${address} came`);
}
