import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../connectors/contract/secret.ts';
import { splitStored } from '../../../connectors/contract/stored-password.ts';
import { createPasswordHasher } from '../../../src/passwords/create-hasher.ts';
import { KNOWN_FORMATS } from '../../../src/passwords/format-names.ts';
import { requirePackages } from '../../support/programs.ts';
import type { PasswordHasher } from '../../../src/passwords/hasher.ts';
import { LOW_COSTS } from '../../unit/passwords/low-costs.ts';
import { RULE_PEPPERS, RULES } from '../../unit/passwords/rules.ts';

interface Question {
  readonly format: string;
  readonly password: string;
  readonly hash: string;
  readonly parts: readonly (string | null)[];
}

const NAMES = KNOWN_FORMATS.map(({ name }) => name);
const PHP_ONLY = [
  'wordpress-bcrypt',
  'nextcloud',
  'spring',
  'magento',
  'magento-1',
  'joomla',
  'mediawiki-pbkdf2',
  'mediawiki-md5',
];

/** Who verifies what: the code that customers' applications run. */
const IMPLEMENTATIONS = [
  {
    name: 'python',
    command: ['/usr/bin/python3', fileURLToPath(new URL('verify.py', import.meta.url))],
    formats: [...NAMES.filter((format) => !PHP_ONLY.includes(format)), ...Object.keys(RULES)],
  },
  {
    name: 'php',
    command: ['/usr/bin/php', fileURLToPath(new URL('verify.php', import.meta.url))],
    formats: ['argon2id', 'argon2i', 'bcrypt', 'sha256-crypt', 'sha512-crypt', ...PHP_ONLY],
  },
] as const;

const PASSWORDS = [
  'correct horse battery staple',
  'Lösenord på svenska 日本語 🔑',
  ' spaces around it ',
  // As long as a digest of SHA-256 and of SHA-512: where crypt(3) goes wrong in others' code.
  'x'.repeat(32),
  'y'.repeat(64),
  'é'.repeat(36) + ' past the seventy-second byte',
  'w'.repeat(255),
];

/** One of each kind whose cost shows in the hash; iterations are numbers like any other once they are read right. */
const DEAR = new Set([
  'argon2id',
  'bcrypt',
  'scrypt',
  'django-scrypt',
  'sha512-crypt',
  'phpass',
  'aspnet-identity-v3',
  'magento',
  'nextcloud',
  'mediawiki-pbkdf2',
]);

const environment = RULE_PEPPERS;
const [today, quick] = [
  createPasswordHasher({ environment, mayWait: 1000 }),
  createPasswordHasher({ environment, costs: LOW_COSTS, mayWait: 1000 }),
];

beforeAll(async () => {
  const modules = ['passlib', 'django', 'werkzeug', 'bcrypt', 'argon2', 'cryptography'];
  await requirePackages(['php-cli', ...modules.map((name) => `python3-${name}`)]);
}, 300_000);

afterAll(async () => {
  await Promise.all([today, quick].map((hasher) => hasher[Symbol.asyncDispose]()));
});

async function ask(
  [program, script]: readonly [string, string],
  questions: readonly Question[],
): Promise<readonly boolean[]> {
  const child = spawn(program, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(questions));
  return JSON.parse(await text(child.stdout)) as readonly boolean[];
}

async function encode(hasher: PasswordHasher, password: string, format: string): Promise<Question> {
  const order = { reading: RULES[format] ?? format, weakAccepted: true };
  const stored = await hasher.encode(new Secret(password), order, null);
  return { format, password, ...splitStored(stored.reveal()) };
}

it('every format that we write is verified by somebody else', () => {
  const verified = IMPLEMENTATIONS.flatMap(({ formats }) => [...formats]);
  expect([...new Set(verified)].sort()).toEqual([...NAMES, ...Object.keys(RULES)].sort());
});

describe.each(IMPLEMENTATIONS)('$name', ({ command, formats }) => {
  /** The questions and what was answered, wrong answers left over. */
  async function wronglyAnswered(
    questions: readonly Question[],
    right: boolean,
  ): Promise<readonly Question[]> {
    const answers = await ask(command, questions);
    expect(answers).toHaveLength(questions.length);
    return questions.filter((_, i) => answers[i] !== right);
  }

  it('agrees with every format on right and wrong passwords', async () => {
    const pairs = formats.flatMap((format) => PASSWORDS.map((password) => ({ format, password })));
    const questions = await Promise.all(pairs.map(({ format, password }) => encode(quick, password, format)));
    expect(await wronglyAnswered(questions, true)).toEqual([]);
    const wrong = questions.map((question) => ({ ...question, password: `!${question.password.slice(1)}` }));
    expect(await wronglyAnswered(wrong, false)).toEqual([]);
  });

  it('agrees with every format at today’s cost', async () => {
    const dear = formats.filter((format) => DEAR.has(format));
    const questions = await Promise.all(dear.map((format) => encode(today, 'correct horse', format)));
    expect(await wronglyAnswered(questions, true)).toEqual([]);
  });
});
