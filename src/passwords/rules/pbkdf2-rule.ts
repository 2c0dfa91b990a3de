import type { Pbkdf2Rule } from '../../../connectors/contract/password-format.ts';
import { sameBytes } from '../../kernel/keyring.ts';
import { pbkdf2Within } from '../bounds.ts';
import { pbkdf2 } from '../derive.ts';
import type { PasswordFormat } from '../formats/format.ts';
import type { ReadPepper } from '../pepper.ts';
import { newSalt, printKept, readKept, saltBytes } from './salt-place.ts';

/** PBKDF2 whose parameters stand in the definition: applications read all hashes with the same ones. */
export function pbkdf2Format(rule: Pbkdf2Rule, readPepper: ReadPepper): PasswordFormat {
  const { pbkdf2: digest, iterations, length } = rule;
  const derive = async (password: string, salt: Buffer): Promise<Buffer> => {
    const pepper = rule.pepper === undefined ? '' : readPepper(rule.pepper.environment);
    return await pbkdf2(password + pepper, { digest, salt, iterations, length });
  };
  return {
    name: `pbkdf2-${digest}`,
    description: 'PBKDF2 with parameters that a rule of the definition gives',
    weak: false,
    onlyNamed: true,
    read: (hash, parts) => {
      const kept = readKept(rule, { hash, parts }, length);
      const salt = kept && saltBytes(kept.salt, rule);
      if (!kept || !salt) return null;
      return {
        affordable: pbkdf2Within(iterations),
        matches: async (password) => sameBytes(await derive(password, salt), kept.digest),
      };
    },
    writer: {
      length: null,
      write: async (password, { current, parts }) => {
        const old = current === null ? null : readKept(rule, { hash: current, parts }, length);
        const salt = newSalt(rule, old?.salt ?? null);
        const digest = await derive(password, saltBytes(salt, rule) ?? Buffer.alloc(0));
        return printKept(rule, { digest, salt });
      },
    },
  };
}
