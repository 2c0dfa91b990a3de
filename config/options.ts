import { z } from 'zod';
import { ACCESS_OPTIONS } from './access-options.ts';
import { COMMAND_OPTIONS } from './command-options.ts';
import { DEFAULT_PORT, EMBEDDED_TEXT, embedded, localUrl, senderAtPublicHost } from './fallbacks.ts';
import { option, type Given, type Option } from './option.ts';
import {
  colour,
  directories,
  directory,
  flag,
  mailbox,
  origins,
  picture,
  proxies,
  publicUrl,
  secretKey,
  secretKeys,
  secretUrl,
  text,
  whole,
  words,
} from './types.ts';

export const ROLES = ['api', 'worker', 'scheduler'] as const;
export type Role = (typeof ROLES)[number];

/** Every option, once: the loader, the printer and the reference are made from this list. */
export const OPTIONS = {
  dataDirectory: option({
    variable: 'TRIBUTARY_DATA_DIR',
    group: 'Store',
    type: directory,
    expects: 'a directory',
    fallback: '.tributary',
    description: 'Holds the embedded PostgreSQL server, the key file and captured mail. Back it up.',
  }),
  databaseUrl: option({
    variable: 'DATABASE_URL',
    group: 'Store',
    type: secretUrl('postgres:', 'postgresql:'),
    expects: 'an address such as postgres://tributary:PASSWORD@db.example:5432/tributary',
    fallback: null,
    fallbackText: 'unset: an embedded PostgreSQL server runs in the data directory',
    description:
      'The PostgreSQL database of the store. Use one in production; the embedded server is for trying out.',
    secret: 'url',
  }),
  poolSize: option({
    variable: 'TRIBUTARY_POOL_SIZE',
    group: 'Store',
    type: whole(2, 200),
    expects: 'a number from 2 to 200',
    fallback: '10',
    description: 'How many connections to the store one process keeps at most, besides those of its queues.',
  }),
  secretKey: option({
    variable: 'TRIBUTARY_SECRET_KEY',
    group: 'Store',
    type: secretKey,
    expects: '32 random bytes in base64 or hexadecimal; make them with: openssl rand -base64 32',
    fallback: null,
    fallbackText: 'unset: the file `secret.key` in the data directory, made at the first start',
    description:
      'Seals the secrets in the store and derives links. The same for all processes of an installation; ' +
      'what was stored cannot be read with another key.',
    secret: 'whole',
  }),
  secretKeysAccepted: option({
    variable: 'TRIBUTARY_SECRET_KEYS_ACCEPTED',
    group: 'Store',
    type: secretKeys,
    expects: 'keys as TRIBUTARY_SECRET_KEY takes them, separated by commas; four at most',
    fallback: null,
    fallbackText: 'unset: no others',
    description:
      'Further keys that open what was sealed with them: the one before, while `tributary secret-key reseal` has not carried ' +
      'everything over, or the next one, so that all processes know it before any uses it.',
    secret: 'whole',
  }),
  redisUrl: option({
    variable: 'REDIS_URL',
    group: 'Queues',
    type: secretUrl('redis:', 'rediss:'),
    expects: 'an address such as redis://:PASSWORD@redis.example:6379/0',
    fallback: null,
    fallbackText: "unset: the queues live in the store's own PostgreSQL",
    description: 'The Redis of the queues. It has to be configured with `maxmemory-policy noeviction`.',
    secret: 'url',
  }),
  smtpUrl: option({
    variable: 'SMTP_URL',
    group: 'Mail',
    type: secretUrl('smtp:', 'smtps:'),
    expects: 'an address such as smtps://USER:PASSWORD@mail.example:465',
    fallback: null,
    fallbackText: 'unset: nothing is sent, mail goes to a captured mailbox at `/mailbox`',
    description: 'The server that e-mails are handed to.',
    secret: 'url',
  }),
  mailFrom: option({
    variable: 'TRIBUTARY_MAIL_FROM',
    group: 'Mail',
    type: mailbox,
    expects: 'an address such as "Example Accounts <accounts@example.com>"',
    fallback: senderAtPublicHost,
    fallbackText: '`no-reply@` and the host of the public URL',
    description: 'The sender of every e-mail.',
  }),
  templatesDirectory: option({
    variable: 'TRIBUTARY_TEMPLATES_DIR',
    group: 'Mail',
    type: directory,
    expects: 'a directory',
    fallback: null,
    fallbackText: 'unset: the built-in templates',
    description: 'Templates in this directory take the place of built-in ones of the same name.',
  }),
  host: option({
    variable: 'TRIBUTARY_HOST',
    group: 'Web',
    type: text.regex(/^[\w.:-]+$/),
    expects: 'an address such as 127.0.0.1 or 0.0.0.0',
    fallback: '127.0.0.1',
    description: 'The address to listen on. The default is reachable from this machine only.',
  }),
  port: option({
    variable: 'TRIBUTARY_PORT',
    group: 'Web',
    type: whole(1, 65_535),
    expects: 'a port from 1 to 65535',
    fallback: DEFAULT_PORT,
    description: 'The port to listen on.',
  }),
  publicUrl: option({
    variable: 'TRIBUTARY_PUBLIC_URL',
    group: 'Web',
    type: publicUrl,
    expects: 'an address such as https://accounts.example.com',
    fallback: localUrl,
    fallbackText: '`http://localhost:` and the port',
    description:
      'Where people reach the hosted pages. Links in e-mails are built from it and from nothing else. ' +
      'http only on this machine.',
  }),
  trustProxy: option({
    variable: 'TRIBUTARY_TRUST_PROXY',
    group: 'Web',
    type: proxies,
    expects: 'false or addresses separated by commas, such as 10.0.0.0/8,::1',
    fallback: 'false',
    description:
      'Which reverse proxies may say, in X-Forwarded-For, who is asking. Attempts to sign in are counted per ' +
      'address, so trust only what you run.',
  }),
  productName: option({
    variable: 'TRIBUTARY_PRODUCT_NAME',
    group: 'Web',
    type: text.max(60),
    expects: 'a name of 1 to 60 characters',
    fallback: 'Tributary',
    description: 'What people know the installation as, in pages and e-mails.',
  }),
  accentColour: option({
    variable: 'TRIBUTARY_ACCENT_COLOUR',
    group: 'Web',
    type: colour,
    expects: 'a colour such as #0f5c6e',
    fallback: null,
    fallbackText: 'unset: the built-in teal',
    description:
      'The colour of buttons, links and marks in pages and e-mails. Where it would be hard to read, text ' +
      'takes a darker or lighter one of the same hue.',
  }),
  logo: option({
    variable: 'TRIBUTARY_LOGO',
    group: 'Web',
    type: picture,
    expects: 'the path of an .svg or .png file',
    fallback: null,
    fallbackText: 'unset: the built-in mark and the name',
    description: 'Shown on the pages in place of the built-in mark; 256 KB at most.',
  }),
  logoDark: option({
    variable: 'TRIBUTARY_LOGO_DARK',
    group: 'Web',
    type: picture,
    expects: 'the path of an .svg or .png file',
    fallback: null,
    fallbackText: 'unset: the same as TRIBUTARY_LOGO',
    description: 'The logo for browsers in dark mode.',
  }),
  returnOrigins: option({
    variable: 'TRIBUTARY_RETURN_ORIGINS',
    group: 'Web',
    type: origins,
    expects: 'addresses separated by commas, such as https://app.example.com,https://wiki.example.com',
    fallback: null,
    fallbackText: 'unset: nowhere',
    description:
      'Where `/sign-in?return_to=…` may send people once they are signed in. Any other address is ignored.',
  }),
  ...ACCESS_OPTIONS,
  sharedEmail: option({
    variable: 'TRIBUTARY_SHARED_EMAIL',
    group: 'Providers',
    type: flag,
    expects: 'true or false',
    fallback: 'false',
    description: 'Whether two profiles may have the same e-mail address.',
  }),
  allowPrivateAddresses: option({
    variable: 'TRIBUTARY_ALLOW_PRIVATE_ADDRESSES',
    group: 'Providers',
    type: flag,
    expects: 'true or false',
    fallback: embedded,
    fallbackText: EMBEDDED_TEXT,
    description: 'Whether providers may be in private networks (10.0.0.0/8, fc00::/7 and the like).',
  }),
  allowLoopbackAddresses: option({
    variable: 'TRIBUTARY_ALLOW_LOOPBACK_ADDRESSES',
    group: 'Providers',
    type: flag,
    expects: 'true or false',
    fallback: embedded,
    fallbackText: EMBEDDED_TEXT,
    description: 'Whether providers may be on this machine.',
  }),
  sqliteFolders: option({
    variable: 'TRIBUTARY_SQLITE_FOLDERS',
    group: 'Providers',
    type: directories,
    expects: 'absolute paths separated by commas, such as /srv/app/data,/var/lib/other',
    fallback: '',
    fallbackText: 'none: no SQLite file may be a provider',
    description:
      'Where the files of SQLite providers may be, subfolders included. Links out of these folders are refused.',
  }),
  roles: option({
    variable: 'TRIBUTARY_ROLES',
    group: 'Workers',
    type: words(ROLES),
    expects: 'one or more of api, worker and scheduler, separated by commas',
    fallback: ROLES.join(','),
    description: 'What this process does. `--roles` of `bin/tributary start` wins.',
  }),
  workerConcurrency: option({
    variable: 'TRIBUTARY_WORKER_CONCURRENCY',
    group: 'Workers',
    type: whole(1, 64),
    expects: 'a number from 1 to 64',
    fallback: '4',
    description: 'How many jobs of each kind one process carries out at a time.',
  }),
  logLevel: option({
    variable: 'TRIBUTARY_LOG_LEVEL',
    group: 'Logging',
    type: z.enum(['error', 'warn', 'info', 'debug']),
    expects: 'error, warn, info or debug',
    fallback: 'info',
    description: 'The least important messages that are logged.',
  }),
  logFormat: option({
    variable: 'TRIBUTARY_LOG_FORMAT',
    group: 'Logging',
    type: z.enum(['text', 'json']),
    expects: 'text or json',
    fallback: (given: Given) => (given.production ? 'json' : 'text'),
    fallbackText: '`json` when `NODE_ENV` is `production`, otherwise `text`',
    description: 'Lines for people, or one JSON document a line. Both go to standard error.',
  }),
  ...COMMAND_OPTIONS,
} as const;

export type OptionName = keyof typeof OPTIONS;

type Value<O> = O extends Option<infer T, infer F> ? z.output<T> | (null extends F ? null : never) : never;

/** The configuration: every option, read and checked. Optional ones are null when unset. */
export type Config = { readonly [Name in OptionName]: Value<(typeof OPTIONS)[Name]> };
