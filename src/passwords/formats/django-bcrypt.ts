import { createHash } from 'node:crypto';
import { bcryptFormat } from './bcrypt.ts';

export const djangoBcrypt = bcryptFormat({
  name: 'django-bcrypt',
  description: 'Django, BCryptPasswordHasher: `bcrypt$$2b$…`',
  prefix: 'bcrypt$',
  minor: 'b',
  prepare: (password) => password,
});

export const djangoBcryptSha256 = bcryptFormat({
  name: 'django-bcrypt-sha256',
  description: 'Django, BCryptSHA256PasswordHasher: `bcrypt_sha256$$2b$…`',
  prefix: 'bcrypt_sha256$',
  minor: 'b',
  prepare: (password) => createHash('sha256').update(password).digest('hex'),
});
