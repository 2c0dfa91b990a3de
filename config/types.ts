import { isIP } from 'node:net';
import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import type { Hidden } from './option.ts';

export const text = z.string().trim().min(1);
export const flag = z.enum(['true', 'false']).transform((word) => word === 'true');
export const directory = text.transform((path) => resolve(path));

/** Absolute paths separated by commas; empty for none. */
export const directories = z
  .string()
  .transform((list) =>
    list
      .split(',')
      .map((path) => path.trim())
      .filter((path) => path !== ''),
  )
  .refine((paths) => paths.every((path) => isAbsolute(path)), { error: 'every path has to be absolute' });

export function whole(least: number, most: number): z.ZodType<number> {
  return z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((number) => number >= least && number <= most);
}

/** Words separated by commas, each of them one of `words`, each once. */
export function words<const W extends string>(allowed: readonly W[]): z.ZodType<readonly W[]> {
  return z
    .string()
    .transform((list) => [...new Set(list.split(',').map((word) => word.trim()))])
    .pipe(z.array(z.enum(allowed)).min(1));
}

/** A URL that may hold a password, with one of the schemes (`smtp:`) and a host. */
export function secretUrl(...schemes: readonly string[]): z.ZodType<Hidden<string>> {
  return z
    .string()
    .refine((url) => schemes.includes(parsed(url)?.protocol ?? '') && parsed(url)?.hostname !== '')
    .transform((url) => () => url);
}

const LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** An address without path, query or login; https, or http on this machine. No slash at the end. */
export const publicUrl = z
  .string()
  .refine((url) => ['http:', 'https:'].includes(parsed(url)?.protocol ?? ''))
  .refine((url) => onlyOrigin(parsed(url)), {
    error: 'it must be scheme, host and port only, without path, query or login',
  })
  .refine((url) => parsed(url)?.protocol !== 'http:' || LOOPBACK.test(parsed(url)?.hostname ?? ''), {
    error: 'passwords would travel unprotected: http is for localhost only, use https',
  })
  .transform((url) => new URL(url).origin);

function onlyOrigin(url: URL | null): boolean {
  return url === null || url.href === `${url.origin}/`;
}

/** Addresses as {@link publicUrl} takes them, separated by commas, each once. */
export const origins = z
  .string()
  .transform((list) => list.split(',').map((origin) => origin.trim()))
  .pipe(z.array(publicUrl).min(1))
  .transform((list): readonly string[] => [...new Set(list)]);

/** `#0f5c6e`, in lower case. */
export const colour = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i)
  .transform((code) => code.toLowerCase());

/** The path of a picture that browsers show without scripts. */
export const picture = directory.refine((path) => /\.(svg|png)$/i.test(path));

/** Addresses and ranges of proxies; `false` for none. Not a number of hops: anybody can send as many. */
export const proxies = z.string().transform((given, context): false | string => {
  if (given === 'false') return false;
  const ranges = given.split(',').map((range) => range.trim());
  if (!ranges.every(isRange)) context.addIssue('Invalid');
  return ranges.join(',');
});

function isRange(range: string): boolean {
  const [address = '', bits, ...rest] = range.split('/');
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return (
    longest > 0 && rest.length === 0 && (bits === undefined || whole(0, longest).safeParse(bits).success)
  );
}

/** What an API token may look like in a header. */
export const token = z
  .string()
  .regex(/^[\w~+/.=-]{1,200}$/)
  .transform((given) => () => given);

const KEY_BYTES = 32;
/** 32 random bytes hold 30 different values on average; fewer than 20 comes up once in 10^12 keys. */
const LEAST_VARIETY = 20;

/** An installation key: 32 bytes in base64 or hexadecimal that look random. */
export const secretKey = z
  .string()
  .transform((given): Buffer => decoded(given))
  .refine((key) => key.length === KEY_BYTES)
  .refine((key) => key.length !== KEY_BYTES || (varied(key) && !typed(key)), {
    error: 'the key looks typed or copied from an example, not generated',
  })
  .transform((key) => () => key);

/** Up to four keys as {@link secretKey} takes them, separated by commas. */
export const secretKeys = z
  .string()
  .transform((list) => list.split(',').map((key) => key.trim()))
  .pipe(z.array(secretKey).min(1).max(4))
  .transform((keys) => () => keys.map((key) => key()));

function decoded(given: string): Buffer {
  if (/^[0-9a-f]{64}$/i.test(given)) return Buffer.from(given, 'hex');
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(given) ? Buffer.from(given, 'base64') : Buffer.alloc(0);
}

function varied(key: Buffer): boolean {
  return new Set(key).size >= LEAST_VARIETY;
}

/** Whether the bytes count upwards or are all letters: 32 random ones never are. */
function typed(key: Buffer): boolean {
  const bytes = [...key];
  return (
    bytes.every((byte) => byte >= 0x20 && byte < 0x7f) ||
    bytes.every((byte, at) => at === 0 || byte === (bytes[at - 1] ?? 0) + 1)
  );
}

/** `Name <local@host>` or `local@host`. */
export const mailbox = text.regex(/^([^<>\r\n"]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/);

function parsed(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null;
}
