import { createHash, createHmac } from 'node:crypto';
import { parseOrder, wordsOf, type DigestOrder } from '../../../connectors/contract/digest-order.ts';
import type { DigestName, DigestRule } from '../../../connectors/contract/password-format.ts';
import { sameBytes } from '../../kernel/keyring.ts';
import type { BlockingWork } from '../blocking-work.ts';
import type { PasswordFormat } from '../formats/format.ts';
import type { ReadPepper } from '../pepper.ts';
import { newSalt, printKept, readKept, saltBytes } from './salt-place.ts';

const DIGEST_BYTES: Readonly<Record<DigestName, number>> = {
  md5: 16,
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
};
/** Up to here a digest costs less than handing it to another thread. */
const ROUNDS_IN_PLACE = 50;

interface Ingredients {
  readonly password: string;
  readonly salt: Buffer;
}

/** One digest, or a few, of password and salt, kept as the rule says. */
export function digestFormat(rule: DigestRule, readPepper: ReadPepper): PasswordFormat {
  const order = parseOrder(rule.order);
  if (order === null) throw new Error('a digest order that cannot be read was let in');
  const compute = async (of: Ingredients, work: BlockingWork): Promise<Buffer> => {
    const term = termReader(rule, of, readPepper);
    const input = serialise(order, term);
    if (rule.key !== undefined) return createHmac(rule.digest, term(rule.key)).update(input).digest();
    if (rule.rounds <= ROUNDS_IN_PLACE) return repeated(rule, input);
    const task = { kind: 'repeated-digest', algorithm: rule.digest, input, rounds: rule.rounds } as const;
    return Buffer.from(await work.run(task), 'hex');
  };
  return {
    name: `digest-${rule.digest}`,
    description: 'a digest that a rule of the definition describes',
    weak: rule.digest === 'md5' || !isSalted(rule, order),
    onlyNamed: true,
    read: (hash, parts) => {
      const kept = readKept(rule, { hash, parts }, DIGEST_BYTES[rule.digest]);
      const salt = kept && saltBytes(kept.salt, rule, rule.characters);
      if (!kept || !salt) return null;
      return {
        affordable: true,
        matches: async (password, work) => sameBytes(await compute({ password, salt }, work), kept.digest),
      };
    },
    writer: {
      length: null,
      write: async (password, { current, parts, work }) => {
        const old =
          current === null ? null : readKept(rule, { hash: current, parts }, DIGEST_BYTES[rule.digest]);
        const salt = newSalt(rule, old?.salt ?? null);
        const bytes = saltBytes(salt, rule, rule.characters) ?? Buffer.alloc(0);
        return printKept(rule, { digest: await compute({ password, salt: bytes }, work), salt });
      },
    },
  };
}

function isSalted(rule: DigestRule, order: DigestOrder): boolean {
  return rule.salt !== 'none' && (rule.key === 'salt' || wordsOf(order).has('salt'));
}

function repeated({ digest, rounds }: DigestRule, input: Buffer): Buffer {
  let current = createHash(digest).update(input).digest();
  for (let round = 1; round < rounds; round += 1)
    current = createHash(digest).update(current).update(input).digest();
  return current;
}

type ReadTerm = (word: 'password' | 'salt' | 'pepper', text?: string) => Buffer;

function termReader(rule: DigestRule, { password, salt }: Ingredients, readPepper: ReadPepper): ReadTerm {
  return (word) => {
    if (word === 'salt') return salt;
    if (word === 'password') return Buffer.from(password, rule.characters);
    if (rule.pepper === undefined) throw new Error('a digest order with a pepper that nobody has was let in');
    return Buffer.from(readPepper(rule.pepper.environment), rule.characters);
  };
}

function serialise(order: DigestOrder, term: ReadTerm): Buffer {
  return Buffer.concat(
    order.map((part) => {
      if (part.kind === 'text') return Buffer.from(part.text);
      if (part.kind === 'digest')
        return Buffer.from(createHash(part.digest).update(serialise(part.of, term)).digest('hex'));
      return term(part.kind);
    }),
  );
}
