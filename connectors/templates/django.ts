import type { Template } from './template.ts';

/** `django.contrib.auth`: a user model of one's own has another table, and often other columns. */
export const django: Template = {
  name: 'django',
  application: 'Django 1.10 and later, with its own user model',
  connectors: ['postgres', 'sqlite', 'mysql'],
  definition: {
    source: { table: 'auth_user', key: ['id'] },
    mapping: {
      username: 'username',
      email: { column: 'email', transform: ['trim', { emptyIf: '' }] },
      givenName: { column: 'first_name', transform: { emptyIf: '' } },
      familyName: { column: 'last_name', transform: { emptyIf: '' } },
      enabled: 'is_active',
    },
    password: { column: 'password', writeBack: { enabled: true, format: 'django-pbkdf2-sha256' } },
  },
  signs: { table: 'auth_user', columns: ['password', 'is_superuser', 'username', 'is_staff', 'date_joined'] },
  tested: { against: 'application', version: 'Django 3.2' },
  notes: [
    'Django marks an unusable password with an exclamation mark: nobody signs in with it until one is set here.',
    'No column tells when a person changed, so that only PostgreSQL can be polled.',
    'Another hasher than the first of PASSWORD_HASHERS: set password.writeBack.format, for example to django-argon2.',
  ],
};
