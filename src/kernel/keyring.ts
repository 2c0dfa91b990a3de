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
import { AppError } from './errors.ts';

const VERSION = 1;
const KEY_ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + TAG_BYTES;
const HEADER_BYTES = 1 + KEY_ID_BYTES + WRAPPED_BYTES;

/**
 * Seals secrets for the store and derives tokens, all from one installation key.
 *
 * Envelope encryption: every secret gets a data key of its own (AES-256-GCM),
 * which is wrapped by the installation's key (AES-256-GCM). `binding` says which
 * row and column a ciphertext belongs to; moved elsewhere it does not open.
 */
export class Keyring {
  readonly #wrapping: Buffer;
  readonly #links: Buffer;
  readonly #audit: Buffer;
  readonly #keyId: Buffer;

  /** @param key 32 bytes from a CSPRNG. */
  constructor(key: Buffer) {
    if (key.length !== KEY_BYTES)
      throw new RangeError(`an installation key has ${KEY_BYTES} bytes, not ${key.length}`);
    const derive = (purpose: string): Buffer =>
      Buffer.from(hkdfSync('sha256', key, '', `tributary/${purpose}`, KEY_BYTES));
    this.#wrapping = derive('wrap/1');
    this.#links = derive('links/1');
    this.#audit = derive('audit/1');
    this.#keyId = createHash('sha256').update(derive('id/1')).digest().subarray(0, KEY_ID_BYTES);
  }

  /** Names the key without telling anything about it: 16 hexadecimal digits. */
  get keyId(): string {
    return this.#keyId.toString('hex');
  }

  /** @param binding `table/column/row id`. */
  seal(secret: Secret, binding: string): Buffer {
    const header = Buffer.concat([Buffer.of(VERSION), this.#keyId]);
    const bound = Buffer.concat([header, Buffer.from(binding)]);
    const dataKey = randomBytes(KEY_BYTES);
    const wrapped = encrypt(this.#wrapping, dataKey, bound);
    return Buffer.concat([header, wrapped, encrypt(dataKey, Buffer.from(secret.reveal()), bound)]);
  }

  /** @throws AppError `SECRET_UNREADABLE` when the bytes were changed, moved to another row, or sealed with another key. */
  open(sealed: Buffer, binding: string): Secret {
    const header = sealed.subarray(0, 1 + KEY_ID_BYTES);
    const bound = Buffer.concat([header, Buffer.from(binding)]);
    try {
      if (header[0] !== VERSION || !header.subarray(1).equals(this.#keyId))
        throw new Error('sealed with another key');
      const dataKey = decrypt(this.#wrapping, sealed.subarray(header.length, HEADER_BYTES), bound);
      return new Secret(decrypt(dataKey, sealed.subarray(HEADER_BYTES), bound).toString());
    } catch (cause) {
      throw new AppError({
        kind: 'unavailable',
        code: 'SECRET_UNREADABLE',
        message: `The secret ${binding} cannot be decrypted with the present key.`,
        remedy: 'Start with the TRIBUTARY_SECRET_KEY (or the key file) that was in force when it was stored.',
        cause,
      });
    }
  }

  /** 32 bytes that only this installation can derive, the same each time for the same text. */
  deriveToken(text: string): Buffer {
    return createHmac('sha256', this.#links).update(text).digest();
  }

  /** The link that ties an audit entry to the one before it. */
  chain(previous: Buffer, entry: string): Buffer {
    return createHmac('sha256', this.#audit).update(previous).update(entry).digest();
  }
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
