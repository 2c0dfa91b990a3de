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
      enabled: { expression: 'yes(record.confirmed) && !yes(record.suspended)' },
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
  tested: {
    against: 'schema',
    version: 'Moodle 5',
    published: {
      repository: 'moodle/moodle',
      files: [
        { path: 'public/lib/db/install.xml', commit: '156c6f69ace7' },
        { path: 'public/lib/moodlelib.php', commit: '02786e77e7e7' },
      ],
      missing: [
        'Moodle makes its tables from this file; the statements themselves, for each kind of database, are in no file.',
      ],
    },
  },
  notes: [
    'A hash is written in the format the person has: sha512-crypt since 4.3, bcrypt before. People without one need password.writeBack.format.',
    'With $CFG->passwordpeppers Moodle mixes a secret into hashes of sha512-crypt: such people cannot sign in here with the password they have, and Moodle accepts what is written, which has none.',
    'Who has to change the password at Moodle (auth_forcepasswordchange in mdl_user_preferences) is asked to there also after setting one here.',
    'Only people of auth = manual are in scope: change source.where for others that keep a password in Moodle, such as email.',
    'The table prefix is mdl_ unless $CFG->prefix says otherwise: set source.table.',
  ],
};
