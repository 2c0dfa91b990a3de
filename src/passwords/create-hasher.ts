import { availableParallelism } from 'node:os';

import { Secret } from '../../connectors/contract/secret.ts';
import { AppError } from '../kernel/errors.ts';
import type { BlockingWork } from './blocking-work.ts';
import { TODAYS_COSTS, type Costs } from './costs.ts';
import { detect } from './detect.ts';
import { argon2idAtLeast, unmatchable, writeArgon2id } from './formats/argon2.ts';
import { Gate } from './gate.ts';
import { startHashingThreads } from './hashing-threads.ts';
import type { PasswordHasher, Verification } from './hasher.ts';
import { usable } from './usable.ts';
import { chooseWriter } from './choose-writer.ts';

export interface HasherOptions {
  /** Overrides today's costs; tests make them small. */
  readonly costs?: Partial<Costs>;
  /** How many hashes are computed at once. Default: twice the cores. */
  readonly atOnce?: number;
  /** How many more may wait. Default: 64 for each core. */
  readonly mayWait?: number;
}

const UNKNOWN: Verification = { result: 'unverifiable', format: null, weak: false, outdated: false };
const WAITING_PER_CORE = 64;

/** Disposing lets what is under way finish, refuses what waits, and ends the threads. */
export function createPasswordHasher(options: HasherOptions = {}): PasswordHasher & AsyncDisposable {
  const cores = availableParallelism();
  const threads = startHashingThreads(cores);
  const gate = new Gate(options.atOnce ?? 2 * cores, options.mayWait ?? WAITING_PER_CORE * cores);
  const parts = { gate, work: threads, costs: { ...TODAYS_COSTS, ...options.costs } };
  const nobody = unmatchable(parts.costs.argon2id);
  return {
    hash: (password) => hash(parts, password),
    verify: (password, stored, format) => verify(parts, { password, stored, format }),
    waste: async (password) => {
      await verify(parts, { password, stored: new Secret(nobody), format: undefined });
    },
    encode: (password, format, current) => encode(parts, { password, format, current }),
    async [Symbol.asyncDispose]() {
      await gate.close();
      await threads[Symbol.asyncDispose]();
    },
  };
}

interface Parts {
  readonly gate: Gate;
  readonly work: BlockingWork;
  readonly costs: Costs;
}

async function hash({ gate, costs }: Parts, password: Secret): Promise<Secret> {
  const text = usableOrRefused(password).normalize('NFC');
  return new Secret(await gate.pass(() => writeArgon2id(text, costs.argon2id)));
}

interface Question {
  readonly password: Secret;
  readonly stored: Secret;
  readonly format: string | undefined;
}

async function verify({ gate, work, costs }: Parts, question: Question): Promise<Verification> {
  const ours = question.format === undefined;
  const text = question.stored.reveal();
  const detected = detect(text, question.format ?? 'auto');
  if (!detected?.stored.affordable) return { ...UNKNOWN, format: detected?.format.name ?? null };
  const { format, stored } = detected;
  const typed = question.password.reveal();
  const password = ours ? typed.normalize('NFC') : typed;
  const matches = usable(typed) && (await gate.pass(() => stored.matches(password, work)));
  return {
    result: matches ? 'match' : 'mismatch',
    format: format.name,
    weak: format.weak,
    outdated: ours && !argon2idAtLeast(text, costs.argon2id),
  };
}

interface Order {
  readonly password: Secret;
  readonly format: string | null;
  readonly current: Secret | null;
}

async function encode({ gate, work, costs }: Parts, order: Order): Promise<Secret> {
  const current = order.current?.reveal() ?? null;
  const writer = chooseWriter(order.format, current);
  const password = usableOrRefused(order.password);
  return new Secret(await gate.pass(() => writer.write(password, { current, costs, work })));
}

function usableOrRefused(password: Secret): string {
  const text = password.reveal();
  if (usable(text)) return text;
  throw new AppError({
    kind: 'invalid',
    code: 'PASSWORD_UNUSABLE',
    message:
      'A password has at least one character, at most 4,096 bytes, and no NUL or half a character in it.',
  });
}
