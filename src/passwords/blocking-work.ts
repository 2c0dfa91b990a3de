import type { DigestName } from '../../connectors/contract/password-format.ts';

/** A hash that only exists as code which keeps its thread busy. */
export type BlockingTask =
  /** `setting`: the first 29 characters of a bcrypt hash. */
  | { readonly kind: 'bcrypt'; readonly password: string; readonly setting: string }
  | {
      readonly kind: 'sha-crypt';
      readonly algorithm: 'sha256' | 'sha512';
      readonly password: string;
      readonly salt: string;
      readonly rounds: number;
    }
  | {
      readonly kind: 'md5-crypt';
      readonly password: string;
      readonly magic: '$1$' | '$apr1$';
      readonly salt: string;
    }
  | { readonly kind: 'des-crypt'; readonly password: string; readonly salt: string }
  | {
      readonly kind: 'portable-hash';
      readonly algorithm: 'md5' | 'sha512';
      readonly password: string;
      readonly salt: string;
      readonly rounds: number;
    }
  | {
      readonly kind: 'repeated-digest';
      readonly algorithm: DigestName;
      readonly input: Uint8Array;
      readonly rounds: number;
    };

/** Does such work on other threads. */
export interface BlockingWork {
  /** @returns the digest alone, as its format prints it. */
  run(task: BlockingTask): Promise<string>;
}
