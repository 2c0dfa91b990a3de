import type { Template } from './template.ts';

export const moodle: Template = {
  name: 'moodle',
  application: 'Moodle 2.5 and later',
  connectors: ['mysql', 'postgres'],
  definition: {
    // People of other ways to sign in have no password here; the guest is nobody.
    source: {
      table: 'mdl_user',
      key: ['id'],
      where: "deleted = 0 AND auth = 'manual' AND username <> 'guest'",
    },
    changes: { mode: 'poll', cursor: 'timemodified' },
    mapping: {
      username: 'username',
      email: { column: 'email', transform: ['trim', { emptyIf: '' }] },
      givenName: { column: 'firstname', transform: { emptyIf: '' } },
      familyName: { column: 'lastname', transform: { emptyIf: '' } },
      locale: { column: 'lang', transform: [{ replace: { from: '_', to: '-' } }, { emptyIf: '' }] },
      enabled: { column: 'suspended', transform: 'not' },
      attributes: {
        employeeNumber: { column: 'idnumber', transform: { emptyIf: '' } },
        department: { column: 'department', transform: { emptyIf: '' } },
        institution: { column: 'institution', transform: { emptyIf: '' } },
      },
    },
    password: { column: 'password', writeBack: { enabled: true, set: { timemodified: 'now' } } },
  },
  signs: {
    table: 'user',
    columns: ['auth', 'confirmed', 'suspended', 'mnethostid', 'username', 'timemodified'],
  },
  tested: { against: 'schema', version: 'Moodle 4' },
  notes: [
    'A hash is written in the format the person has: sha512-crypt since 4.3, bcrypt before. People without one need password.writeBack.format.',
    'Only people of auth = manual are in scope: change source.where for others that keep a password in Moodle, such as email.',
    'The table prefix is mdl_ unless $CFG->prefix says otherwise: set source.table.',
  ],
};
