import { createHash } from 'node:crypto';

/** PostgreSQL cuts longer names off; a suffix of ours has to fit too. */
const MAX_NAME = 52;
const DIGITS = 8;

/**
 * What everything that we leave at the source is called, from the provider's
 * name: lower-case letters, digits and underscores, which slots insist on.
 */
export function traceName(provider: string): string {
  const name = `tributary_${provider.toLowerCase().replaceAll(/[^a-z0-9]/g, '_')}`;
  if (name.length <= MAX_NAME) return name;
  const digest = createHash('sha256').update(provider).digest('hex').slice(0, DIGITS);
  return `${name.slice(0, MAX_NAME - DIGITS - 1)}_${digest}`;
}
