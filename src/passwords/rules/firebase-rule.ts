import { createCipheriv, randomBytes } from 'node:crypto';
import type { FirebaseRule } from '../../../connectors/contract/password-format.ts';
import { sameBytes } from '../../kernel/keyring.ts';
import { scryptWithin } from '../bounds.ts';
import { scrypt } from '../derive.ts';
import type { PasswordFormat } from '../formats/format.ts';
import type { ReadPepper } from '../pepper.ts';
import { printKept, readKept, saltBytes, type Keeping } from './salt-place.ts';

/** The signer key of a project, and so the hash, has 64 bytes. */
const HASH_BYTES = 64;
const KEY_BYTES = 32;
/** As Firebase makes them. */
const SALT_BYTES = 10;

/**
 * Firebase Authentication: scrypt derives a key, and the hash is the project's
 * signer key encrypted with it (AES-256 in counter mode, counting from zero).
 */
export function firebaseFormat(rule: FirebaseRule, readPepper: ReadPepper): PasswordFormat {
  const keeping: Keeping = { ...rule, saltEncoding: 'base64', encoding: 'base64' };
  const cost = { n: 2 ** rule.memoryCost, r: rule.rounds, p: 1 };
  const separator = Buffer.from(rule.saltSeparator, 'base64');
  const compute = async (password: string, salt: Buffer): Promise<Buffer> => {
    const signerKey = Buffer.from(readPepper(rule.signerKey.environment), 'base64');
    const key = await scrypt(password, { cost, salt: Buffer.concat([salt, separator]), length: KEY_BYTES });
    return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(signerKey);
  };
  return {
    name: rule.name,
    description: 'Firebase Authentication’s scrypt, with the parameters of the project',
    weak: false,
    onlyNamed: true,
    read: (hash, parts) => {
      const kept = readKept(keeping, { hash, parts }, HASH_BYTES);
      const salt = kept && saltBytes(kept.salt, keeping);
      if (!kept || !salt) return null;
      return {
        affordable: scryptWithin(cost),
        matches: async (password) => sameBytes(await compute(password, salt), kept.digest),
      };
    },
    writer: {
      length: null,
      write: async (password) => {
        const salt = randomBytes(SALT_BYTES);
        return printKept(keeping, { digest: await compute(password, salt), salt: salt.toString('base64') });
      },
    },
  };
}
