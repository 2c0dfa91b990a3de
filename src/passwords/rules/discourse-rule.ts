import { randomBytes } from 'node:crypto';
import type { DiscourseRule } from '../../../connectors/contract/password-format.ts';
import { joinStored } from '../../../connectors/contract/stored-password.ts';
import { sameBytes } from '../../kernel/keyring.ts';
import { pbkdf2Within } from '../bounds.ts';
import { pbkdf2 } from '../derive.ts';
import type { PasswordFormat } from '../formats/format.ts';

const HASH = /^[0-9a-f]{64}$/;
const ALGORITHM = /^\$pbkdf2-sha256\$i=([1-9]\d{0,9}),l=32\$$/;
/** Before the parameters got a column of their own. */
const OLD_ITERATIONS = 64_000;
const KEY_BYTES = 32;
const SALT_BYTES = 16;

/** @returns null when the column says something else. */
function iterationsOf(rule: DiscourseRule, algorithm: string | null | undefined): number | null {
  if (rule.algorithm === undefined) return OLD_ITERATIONS;
  const [, iterations] = ALGORITHM.exec(algorithm ?? '') ?? [];
  return iterations === undefined ? null : Number(iterations);
}

/** Discourse: the salt is text, and its column and that of the parameters belong to the hash. */
export function discourseFormat(rule: DiscourseRule): PasswordFormat {
  const derive = async (password: string, salt: string, iterations: number): Promise<Buffer> =>
    await pbkdf2(password, { digest: 'sha256', salt, iterations, length: KEY_BYTES });
  return {
    name: rule.name,
    description: 'Discourse: PBKDF2, with salt and parameters in columns of their own',
    weak: false,
    onlyNamed: true,
    read: (hash, [salt, algorithm]) => {
      const iterations = iterationsOf(rule, algorithm);
      if (!HASH.test(hash) || salt == null || salt === '' || iterations === null) return null;
      return {
        affordable: pbkdf2Within(iterations),
        matches: async (password) =>
          sameBytes(await derive(password, salt, iterations), Buffer.from(hash, 'hex')),
      };
    },
    writer: {
      length: KEY_BYTES * 2,
      write: async (password, { parts: [, algorithm], costs }) => {
        const kept = iterationsOf(rule, algorithm) ?? 0;
        const raised = Math.max(costs.pbkdf2Sha256, pbkdf2Within(kept) ? kept : 0);
        const iterations = rule.algorithm === undefined ? OLD_ITERATIONS : raised;
        const salt = randomBytes(SALT_BYTES).toString('hex');
        const hash = (await derive(password, salt, iterations)).toString('hex');
        const parameters = rule.algorithm === undefined ? [] : [`$pbkdf2-sha256$i=${iterations},l=32$`];
        return joinStored({ hash, parts: [salt, ...parameters] });
      },
    },
  };
}
