import { z } from 'zod';
import { parseOrder, wordsOf } from '../../../connectors/contract/digest-order.ts';
import {
  DIGESTS,
  type FormatRule,
  type PasswordFormatSetting,
} from '../../../connectors/contract/password-format.ts';
import { advise, text } from './checks.ts';

/** A name of its own, so that a definition cannot have other settings of the process digested. */
const VARIABLE = /^TRIBUTARY_PEPPER_[A-Z0-9_]{1,64}$/;
const environmentSecret = z.strictObject({
  environment: z.string().refine(
    (name) => VARIABLE.test(name),
    advise('is no variable that a pepper is taken from', {
      code: 'VARIABLE_NOT_ALLOWED',
      remedy: 'Name one that begins with TRIBUTARY_PEPPER_, in capital letters.',
    }),
  ),
});

const columnPlace = z.strictObject({ column: text });

function place<const Words extends readonly [string, ...string[]]>(words: Words) {
  const error = `has to be ${words.join(', ')} or { column: … }`;
  return z.union([z.enum(words), columnPlace], { error });
}

const saltPlace = place(['none', 'prefix', 'suffix']);
const separator = z.string().max(16);
const salted = {
  salt: saltPlace.default('none'),
  saltEncoding: z.enum(['text', 'hex', 'base64']).default('text'),
  separator: separator.default(''),
  encoding: z.enum(['hex', 'base64']).default('hex'),
  pepper: environmentSecret.optional(),
};

/** A second of work where each round is one digest. */
const MOST_ROUNDS = 1_000_000;
const MOST_ITERATIONS = 10_000_000;

const digestSettings = z.strictObject({
  digest: z.enum(DIGESTS),
  order: text.optional(),
  key: z.enum(['salt', 'pepper', 'password']).optional(),
  rounds: z.int().min(1).max(MOST_ROUNDS).default(1),
  characters: z.enum(['utf-8', 'utf-16le']).default('utf-8'),
  ...salted,
});

const digestRule = digestSettings
  .transform((rule) => ({ ...rule, order: rule.order ?? usualOrder(rule) }))
  .superRefine((rule, context) => {
    for (const message of orderFaults(rule))
      context.addIssue({ code: 'custom', path: ['order'], message, params: ORDER_ADVICE });
  });

const ORDER_ADVICE = {
  code: 'ORDER_INVALID',
  remedy: "For example: salt + password, salt + sha1(password), password + '{' + salt + '}'.",
};

interface Ordered {
  readonly order?: string | undefined;
  readonly key?: 'salt' | 'pepper' | 'password' | undefined;
  readonly salt: unknown;
  readonly pepper?: unknown;
  readonly rounds: number;
}

function usualOrder({ key, salt }: Ordered): string {
  const terms = [...(salt === 'none' ? [] : ['salt']), 'password'].filter((term) => term !== key);
  return terms.length === 0 ? 'password' : terms.join(' + ');
}

function orderFaults({ order = '', key, salt, pepper, rounds }: Ordered): string[] {
  const parsed = parseOrder(order);
  if (parsed === null) return ['does not say what is digested'];
  const words = new Set<string>([...wordsOf(parsed), ...(key === undefined ? [] : [key])]);
  const faults: string[] = [];
  if (!words.has('password')) faults.push('leaves the password out');
  if (words.has('salt') !== (salt !== 'none')) faults.push(disagree('salt', words.has('salt')));
  if (words.has('pepper') !== (pepper !== undefined)) faults.push(disagree('pepper', words.has('pepper')));
  if (key !== undefined && rounds > 1) faults.push('cannot be repeated where there is a key');
  return faults;
}

function disagree(word: string, used: boolean): string {
  return used ? `uses a ${word} that the rule does not have` : `leaves out the ${word} that the rule has`;
}

const pbkdf2Rule = z
  .strictObject({
    pbkdf2: z.enum(['sha1', 'sha256', 'sha512']),
    iterations: z.int().min(1).max(MOST_ITERATIONS),
    length: z.int().min(16).max(128).default(32),
    ...salted,
  })
  .refine(({ salt }) => salt !== 'none', {
    path: ['salt'],
    ...advise('is missing: PBKDF2 has one', {
      code: 'RULE_INCOMPLETE',
      remedy: 'Say where it is: prefix, suffix or { column: … }.',
    }),
  });

const NAMED = {
  bcrypt: z.strictObject({ name: z.literal('bcrypt'), pepper: environmentSecret }),
  'firebase-scrypt': z.strictObject({
    name: z.literal('firebase-scrypt'),
    signerKey: environmentSecret,
    saltSeparator: z.base64(),
    rounds: z.int().min(1).max(8),
    memoryCost: z.int().min(1).max(17),
    salt: place(['prefix', 'suffix']),
    separator: separator.default(':'),
  }),
  discourse: z.strictObject({
    name: z.literal('discourse'),
    salt: columnPlace,
    algorithm: columnPlace.optional(),
  }),
  keycloak: z.strictObject({ name: z.literal('keycloak'), credentialData: columnPlace }),
  phpbb: z.strictObject({ name: z.literal('phpbb') }),
} satisfies Record<string, z.ZodType<FormatRule>>;

const noRule = z
  .unknown()
  .refine(
    () => false,
    advise('is neither the name of a password format nor a rule for one', {
      code: 'WRONG_TYPE',
      remedy: `Write auto, a name, { digest: … }, { pbkdf2: … }, or { name: … } with one of: ${Object.keys(NAMED).join(', ')}.`,
    }),
  )
  .transform(() => z.NEVER);

/** The settings of a rule, of whatever kind. */
export const FORMAT_KEYS: readonly string[] = [
  ...new Set(
    [digestSettings, pbkdf2Rule, ...Object.values(NAMED)].flatMap(({ shape }) => Object.keys(shape)),
  ),
];

function schemaFor(setting: unknown): z.ZodType<PasswordFormatSetting> {
  if (setting === undefined) return text.default('auto');
  if (typeof setting === 'string') return text;
  if (typeof setting !== 'object' || setting === null || Array.isArray(setting)) return noRule;
  if ('digest' in setting) return digestRule;
  if ('pbkdf2' in setting) return pbkdf2Rule;
  const named = 'name' in setting && typeof setting.name === 'string' ? setting.name : '';
  return Object.hasOwn(NAMED, named) ? NAMED[named as keyof typeof NAMED] : noRule;
}

/** `auto`, the name of a format, or a rule. */
export const passwordFormat = z.unknown().transform((setting, context): PasswordFormatSetting => {
  const read = schemaFor(setting).safeParse(setting, { reportInput: true });
  if (read.success) return read.data;
  context.issues.push(...read.error.issues.map((issue) => issue as z.core.$ZodRawIssue));
  return z.NEVER;
});
