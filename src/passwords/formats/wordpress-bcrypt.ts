import { createHmac } from 'node:crypto';
import { bcryptFormat } from './bcrypt.ts';

/**
 * WordPress trims a password when it is set and not when it is checked. We write
 * what its check accepts: the password as the person types it.
 */
export const wordpressBcrypt = bcryptFormat({
  name: 'wordpress-bcrypt',
  description: 'WordPress 6.8 and later: `$wp$2y$…`, bcrypt of an HMAC',
  prefix: '$wp',
  minor: 'y',
  prepare: (password) => createHmac('sha384', 'wp-sha384').update(password).digest('base64'),
});
