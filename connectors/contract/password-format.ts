/** `auto`: recognised per record; the name of one format; or a rule for what a name cannot say. */
export type PasswordFormatSetting = string | FormatRule;

/** How hashes are made and kept where the look of one does not say it. */
export type FormatRule =
  DigestRule | Pbkdf2Rule | PepperedRule | FirebaseRule | DiscourseRule | KeycloakRule | PhpbbRule;

/** A secret that stays out of the definition and of the store: the environment variable that holds it. */
export interface EnvironmentSecret {
  readonly environment: string;
}

/** A column of its own that belongs to the hash: read, compared and written together with it. */
export interface ColumnPlace {
  readonly column: string;
}

/** Where the salt is: before or behind the digest in the same text, or in a column of its own. */
export type SaltPlace = 'none' | 'prefix' | 'suffix' | ColumnPlace;

export const DIGESTS = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const;
export type DigestName = (typeof DIGESTS)[number];

interface Salted {
  readonly salt: SaltPlace;
  /** How the salt is kept; what is digested is what it stands for. */
  readonly saltEncoding: 'text' | 'hex' | 'base64';
  /** Between digest and salt where both are in one text. */
  readonly separator: string;
  /** How the digest is kept. */
  readonly encoding: 'hex' | 'base64';
  readonly pepper?: EnvironmentSecret | undefined;
}

/** One digest, or a few, of password and salt. */
export interface DigestRule extends Salted {
  readonly digest: DigestName;
  /** What is digested, see `parseOrder`: `salt + password`, `salt + sha1(password)`. */
  readonly order: string;
  /** Makes it an HMAC with this key. */
  readonly key?: 'salt' | 'pepper' | 'password' | undefined;
  /** Each further round digests the previous digest followed by what was digested first. */
  readonly rounds: number;
  /** How applications of the provider turn a password into bytes. */
  readonly characters: 'utf-8' | 'utf-16le';
}

export interface Pbkdf2Rule extends Salted {
  readonly pbkdf2: 'sha1' | 'sha256' | 'sha512';
  readonly iterations: number;
  /** Bytes of the derived key. */
  readonly length: number;
}

/** bcrypt of the password followed by a pepper, as Devise makes it. */
export interface PepperedRule {
  readonly name: 'bcrypt';
  readonly pepper: EnvironmentSecret;
}

/** Firebase Authentication's scrypt, with the project's parameters as its console shows them. */
export interface FirebaseRule {
  readonly name: 'firebase-scrypt';
  readonly signerKey: EnvironmentSecret;
  /** Base 64. */
  readonly saltSeparator: string;
  readonly rounds: number;
  readonly memoryCost: number;
  readonly salt: Exclude<SaltPlace, 'none'>;
  /** Between hash and salt where both are in one text. */
  readonly separator: string;
}

/** Discourse: PBKDF2 in hexadecimal digits, with salt and parameters in columns of their own. */
export interface DiscourseRule {
  readonly name: 'discourse';
  readonly salt: ColumnPlace;
  /** `$pbkdf2-sha256$i=…,l=32$`; absent: 64,000 iterations, as before there was such a column. */
  readonly algorithm?: ColumnPlace | undefined;
}

/** Keycloak's own table: the password column is `secret_data`. */
export interface KeycloakRule {
  readonly name: 'keycloak';
  readonly credentialData: ColumnPlace;
}

/** phpBB: hashes of several formats, of the password as its forms hand it on. */
export interface PhpbbRule {
  readonly name: 'phpbb';
}

/** The columns besides the password column that hashes of this format are spread over, in the order of their parts. */
export function partColumns(format: PasswordFormatSetting): readonly string[] {
  if (typeof format === 'string') return [];
  const { salt, algorithm, credentialData } = {
    salt: undefined,
    algorithm: undefined,
    credentialData: undefined,
    ...format,
  };
  return [salt, algorithm, credentialData].flatMap((place) =>
    typeof place === 'object' ? [place.column] : [],
  );
}

/** The environment variables that a format asks for. */
export function secretsOf(format: PasswordFormatSetting): readonly string[] {
  if (typeof format === 'string') return [];
  const { pepper, signerKey } = { pepper: undefined, signerKey: undefined, ...format };
  return [pepper, signerKey].flatMap((secret) => (secret === undefined ? [] : [secret.environment]));
}
