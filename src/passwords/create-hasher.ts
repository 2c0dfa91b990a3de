import { availableParallelism } from 'node:os';

import { secretsOf, type PasswordFormatSetting } from '../../connectors/contract/password-format.ts';
import { Secret } from '../../connectors/contract/secret.ts';
import { splitStored } from '../../connectors/contract/stored-password.ts';
import { AppError } from '../kernel/errors.ts';
import type { BlockingWork } from './blocking-work.ts';
import { TODAYS_COSTS, type Costs } from './costs.ts';
import { detect } from './detect.ts';
import { argon2idAtLeast, unmatchable, writeArgon2id } from './formats/argon2.ts';
import type { StoredHash } from './formats/format.ts';
import { Gate } from './gate.ts';
import { startHashingThreads } from './hashing-threads.ts';
import type { PasswordHasher, Verification, WriteOrder } from './hasher.ts';
import { peppersFrom, type ReadPepper } from './pepper.ts';
import { SlowestRecent } from './slowest-recent.ts';
import { usable } from './usable.ts';
import { chooseWriter } from './choose-writer.ts';

export interface HasherOptions {
  /** Overrides today's costs; tests make them small. */
  readonly costs?: Partial<Costs>;
  /** How many hashes are computed at once. Default: twice the cores. */
  readonly atOnce?: number;
  /** How many more may wait. Default: 64 for each core. */
  readonly mayWait?: number;
  /** Where peppers are found that definitions name. Default: nowhere. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

const UNKNOWN: Verification = { result: 'unverifiable', format: null, weak: false, outdated: false };
const WAITING_PER_CORE = 64;

/** Disposing lets what is under way finish, refuses what waits, and ends the threads. */
export function createPasswordHasher(options: HasherOptions = {}): PasswordHasher & AsyncDisposable {
  const cores = availableParallelism();
  const threads = startHashingThreads(cores);
  const gate = new Gate(options.atOnce ?? 2 * cores, options.mayWait ?? WAITING_PER_CORE * cores);
  const costs = { ...TODAYS_COSTS, ...options.costs };
  const parts = { gate, work: threads, costs, readPepper: peppersFrom(options.environment ?? {}) };
  const slowest = new SlowestRecent();
  const nobody = unmatchable(parts.costs.argon2id);
  return {
    hash: (password) => hash(parts, password),
    verify: (password, stored, format) => slowest.measure(() => verify(parts, { password, stored, format })),
    waste: async (password) => {
      const question = { password, stored: new Secret(nobody), format: undefined };
      await slowest.measure(() => verify(parts, question));
    },
    measure: (verifying) => slowest.measure(verifying),
    slowestRecentMs: () => slowest.value(),
    encode: (password, order, current) =>
      encode(parts, {
        password,
        order: typeof order === 'object' && order !== null ? order : { format: order },
        current,
      }),
    missingPeppers: (format) => secretsOf(format).filter((name) => !options.environment?.[name]),
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
  readonly readPepper: ReadPepper;
}

async function hash({ gate, costs }: Parts, password: Secret): Promise<Secret> {
  const text = usableOrRefused(password).normalize('NFC');
  return new Secret(await gate.pass(() => writeArgon2id(text, costs.argon2id)));
}

interface Question {
  readonly password: Secret;
  readonly stored: Secret;
  readonly format: PasswordFormatSetting | undefined;
}

async function verify({ gate, work, costs, readPepper }: Parts, question: Question): Promise<Verification> {
  const ours = question.format === undefined;
  const text = question.stored.reveal();
  const detected = detect(text, question.format ?? 'auto', readPepper);
  if (!detected?.stored.affordable) return { ...UNKNOWN, format: detected?.format.name ?? null };
  const { format, stored } = detected;
  const typed = question.password.reveal();
  const password = ours ? typed.normalize('NFC') : typed;
  const matches = usable(typed) ? await gate.pass(() => compare(stored, password, work)) : false;
  if (matches === null) return { ...UNKNOWN, format: format.name };
  return {
    result: matches ? 'match' : 'mismatch',
    format: format.name,
    weak: stored.weak ?? format.weak,
    outdated: ours && !argon2idAtLeast(text, costs.argon2id),
  };
}

/** @returns null when the environment lacks what the format needs: the person can still use forgot-password. */
async function compare(stored: StoredHash, password: string, work: BlockingWork): Promise<boolean | null> {
  try {
    return await stored.matches(password, work);
  } catch (error) {
    if (error instanceof AppError && error.code === 'PEPPER_MISSING') return null;
    throw error;
  }
}

interface Order {
  readonly password: Secret;
  readonly order: WriteOrder;
  readonly current: Secret | null;
}

async function encode({ gate, work, costs, readPepper }: Parts, order: Order): Promise<Secret> {
  const text = order.current?.reveal() ?? null;
  const writer = chooseWriter(order.order, text, readPepper);
  const password = usableOrRefused(order.password);
  const { hash: current, parts } = text === null ? { hash: null, parts: [] } : splitStored(text);
  return new Secret(await gate.pass(() => writer.write(password, { current, parts, costs, work })));
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
