import { z } from 'zod';
import type { Connection, ConnectorKind } from '../../../connectors/contract/definition.ts';
import { advise, text } from './checks.ts';

const HOST_REMEDY = 'Give a name such as db.example.com or an address such as 192.0.2.7, and nothing else.';
const LABEL = /^(?!-)[A-Za-z0-9_-]{1,63}(?<!-)$/;
const MAX_HOST = 253;

/** Numbers in the last place are addresses in other spellings: 127.1, 2130706433, 0x7f000001. */
const NUMBER = /^(?:\d+|0x[0-9a-f]*)$/i;

function isAddress(host: string): boolean {
  return z.ipv4().safeParse(host).success || z.ipv6().safeParse(host).success;
}

function isHost(host: string): boolean {
  if (isAddress(host)) return true;
  const labels = host.replace(/\.$/, '').split('.');
  return (
    host.length <= MAX_HOST && labels.every((label) => LABEL.test(label)) && !NUMBER.test(labels.at(-1) ?? '')
  );
}

/** Whether the host is this machine by its name or address alone. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  return (z.ipv4().safeParse(name).success && name.startsWith('127.')) || name === '::1';
}

const host = z
  .string()
  .refine(
    isHost,
    advise('is neither the name nor the address of a host', { code: 'HOST_INVALID', remedy: HOST_REMEDY }),
  );

const CERTIFICATES = /^\s*(?:-----BEGIN CERTIFICATE-----\s[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)+$/;
const MAX_CA = 100_000;

const ca = z
  .string()
  .max(MAX_CA)
  .refine(
    (pem) => !pem.includes('PRIVATE KEY'),
    advise('holds a private key', {
      code: 'CA_PRIVATE_KEY',
      remedy: 'Give the certificate of the authority only, and treat that key as disclosed.',
    }),
  )
  .refine(
    (pem) => pem.includes('PRIVATE KEY') || CERTIFICATES.test(pem),
    advise('is not a list of PEM certificates', {
      code: 'CA_INVALID',
      remedy: 'Give text from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.',
    }),
  );

/** A number also when it comes from the environment, where everything is text. */
function portSchema(usual: number): z.ZodType<number> {
  const port = z.int().min(1).max(65_535).default(usual);
  return z.preprocess(
    (value) => (typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : value),
    port,
  );
}

const MAX_PATH = 4_096;

/** SQLite would take an address for one, and a name that begins with a colon for a database in memory. */
function isPath(file: string): boolean {
  const address = /^(?:file:|:|[A-Za-z][\w+.-]*:\/\/)/i.test(file);
  return !address && !file.endsWith('/') && !file.includes('\0') && file.length <= MAX_PATH;
}

const file = text.refine(
  isPath,
  advise('is not the path of a file', {
    code: 'FILE_INVALID',
    remedy: 'Give a path such as /srv/app/data/app.db, without file: before it and without options.',
  }),
);

function serverSchema(usualPort: number) {
  return z.strictObject({
    host,
    port: portSchema(usualPort),
    database: text,
    user: text,
    password: z.string().optional(),
    tls: z.enum(['verify-full', 'verify-ca', 'require-insecure', 'disable']).default('verify-full'),
    ca: ca.optional(),
  });
}

const schemas = {
  postgres: serverSchema(5432),
  mysql: serverSchema(3306),
  sqlite: z.strictObject({ file }),
  push: z.strictObject({}),
};

/** A connection as its author writes it. `password` is taken out by the definition's parser. */
export type WrittenConnection = Connection & { readonly password?: string | undefined };

/** How to reach the database. Where there is nothing to reach, nothing need be written. */
export function connectionSchema(kind: ConnectorKind): z.ZodType<WrittenConnection> {
  return kind === 'push' ? schemas.push.prefault({}) : schemas[kind];
}

/** The settings that `connection` has. */
export function connectionKeys(kind: ConnectorKind): readonly string[] {
  return Object.keys(schemas[kind].shape);
}
