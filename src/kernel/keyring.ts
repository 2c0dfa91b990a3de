import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { Secret } from '../../connectors/contract/secret.ts';
import { ChainKey } from './chain-key.ts';
import { AppError } from './errors.ts';

const VERSION = 1;
const KEY_ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + TAG_BYTES;
/** Version and name of the key. */
const HEADER_BYTES = 1 + KEY_ID_BYTES;

/** What one installation key is good for. */
interface Derived {
  readonly keyId: Buffer;
  readonly wrapping: Buffer;
  readonly links: Buffer;
  readonly chain: ChainKey;
}

function derive(key: Buffer): Derived {
  if (key.length !== KEY_BYTES)
    throw new RangeError(`an installation key has ${KEY_BYTES} bytes, not ${key.length}`);
  const part = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', key, '', `tributary/${purpose}`, KEY_BYTES));
  const keyId = createHash('sha256').update(part('id/1')).digest().subarray(0, KEY_ID_BYTES);
  const chain = new ChainKey(keyId.toString('hex'), part('audit/1'));
  return { keyId, wrapping: part('wrap/1'), links: part('links/1'), chain };
}

/**
 * Seals secrets for the store and derives tokens, all from the installation's key.
 *
 * Envelope encryption: every secret gets a data key of its own (AES-256-GCM),
 * which is wrapped by the installation's key (AES-256-GCM). `binding` says which
 * row and column a ciphertext belongs to; moved elsewhere it does not open.
 * Ciphertexts say which key they were sealed with, so that several keys may be
 * in use while one takes the place of another.
 */
export class Keyring {
  readonly #present: Derived;
  /** The present key, then the others that are accepted. */
  readonly #keys: readonly Derived[];

  /**
   * @param key 32 bytes from a CSPRNG; seals and derives.
   * @param accepted further keys, which only open what was sealed with them.
   */
  constructor(key: Buffer, accepted: readonly Buffer[] = []) {
    this.#present = derive(key);
    const others = accepted.map(derive).filter(({ keyId }) => !keyId.equals(this.#present.keyId));
    this.#keys = [this.#present, ...others];
  }

  /** Names the present key without telling anything about it: 16 hexadecimal digits. */
  get keyId(): string {
    return this.#present.keyId.toString('hex');
  }

  /** Names of all keys; the present one first. */
  get keyIds(): readonly string[] {
    return this.#keys.map(({ keyId }) => keyId.toString('hex'));
  }

  /** One for each key; of the present key first. */
  get chainKeys(): readonly [ChainKey, ...ChainKey[]] {
    return [this.#present.chain, ...this.#keys.slice(1).map(({ chain }) => chain)];
  }

  /** What every ciphertext of the present key begins with. */
  get sealedHeader(): Buffer {
    return Buffer.concat([Buffer.of(VERSION), this.#present.keyId]);
  }

  /** @param binding `table/column/row id`. */
  seal(secret: Secret, binding: string): Buffer {
    const header = this.sealedHeader;
    const bound = Buffer.concat([header, Buffer.from(binding)]);
    const dataKey = randomBytes(KEY_BYTES);
    const wrapped = encrypt(this.#present.wrapping, dataKey, bound);
    return Buffer.concat([header, wrapped, encrypt(dataKey, Buffer.from(secret.reveal()), bound)]);
  }

  /** @throws AppError `SECRET_UNREADABLE` when the bytes were changed, moved to another row, or sealed with a key that is not here. */
  open(sealed: Buffer, binding: string): Secret {
    const header = sealed.subarray(0, HEADER_BYTES);
    const bound = Buffer.concat([header, Buffer.from(binding)]);
    try {
      const key = this.#keys.find(({ keyId }) => keyId.equals(header.subarray(1)));
      if (header[0] !== VERSION || key === undefined) throw new Error('sealed with another key');
      const dataKey = decrypt(
        key.wrapping,
        sealed.subarray(HEADER_BYTES, HEADER_BYTES + WRAPPED_BYTES),
        bound,
      );
      return new Secret(decrypt(dataKey, sealed.subarray(HEADER_BYTES + WRAPPED_BYTES), bound).toString());
    } catch (cause) {
      throw unreadable(binding, cause);
    }
  }

  /** 32 bytes that only this installation can derive, the same each time for the same text and key. */
  deriveToken(text: string): Buffer {
    return deriveWith(this.#present, text);
  }

  /** What {@link deriveToken} gives with each of the keys; with the present one first. */
  deriveTokens(text: string): readonly { readonly keyId: string; readonly derived: Buffer }[] {
    return this.#keys.map((key) => ({ keyId: key.keyId.toString('hex'), derived: deriveWith(key, text) }));
  }
}

function deriveWith({ links }: Derived, text: string): Buffer {
  return createHmac('sha256', links).update(text).digest();
}

function unreadable(binding: string, cause: unknown): AppError {
  return new AppError({
    kind: 'unavailable',
    code: 'SECRET_UNREADABLE',
    message: `The secret ${binding} cannot be decrypted with the keys in force.`,
    remedy:
      'Add the key that was in force when it was stored to TRIBUTARY_SECRET_KEYS_ACCEPTED, or as a further line to the key file.',
    cause,
  });
}

/** The SHA-256 of a bearer token, which is what the store keeps. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Compares in a time that depends on neither content. */
export function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function encrypt(key: Buffer, plain: Buffer, bound: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound);
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, text, cipher.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Buffer, bound: Buffer): Buffer {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const tag = sealed.subarray(sealed.length - TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(bound).setAuthTag(tag);
  return Buffer.concat([
    decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES)),
    decipher.final(),
  ]);
}
