import { createHmac } from 'node:crypto';
import { Secret } from '../../connectors/contract/secret.ts';

/** What ties the entries of the audit log together. Whoever has it can forge a log that nobody has seen the end of. */
export class ChainKey {
  readonly #key: Buffer;
  /** Of the installation key that this one comes from. */
  readonly keyId: string;

  /** @param key 32 bytes. */
  constructor(keyId: string, key: Buffer) {
    this.keyId = keyId;
    this.#key = key;
  }

  /** The value that ties an entry to the one before it. */
  link(previous: Buffer, entry: string): Buffer {
    return createHmac('sha256', this.#key).update(previous).update(entry).digest();
  }

  /** The key itself, to be sealed; {@link readChainKey} takes it back. */
  reveal(): Secret {
    return new Secret(this.#key.toString('base64'));
  }
}

/** @param key what {@link ChainKey.reveal} gave. */
export function readChainKey(keyId: string, key: Secret): ChainKey {
  return new ChainKey(keyId, Buffer.from(key.reveal(), 'base64'));
}
