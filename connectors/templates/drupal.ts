import type { Template } from './template.ts';

export const drupal: Template = {
  name: 'drupal',
  application: 'Drupal 8 and later',
  connectors: ['mysql', 'postgres', 'sqlite'],
  definition: {
    // One row for each language of a person; the anonymous user is number 0.
    source: { table: 'users_field_data', key: ['uid'], where: 'uid > 0 AND default_langcode = 1' },
    changes: { mode: 'poll', cursor: 'changed' },
    mapping: {
      username: 'name',
      email: { column: 'mail', transform: ['trim', { emptyIf: '' }] },
      locale: { column: 'preferred_langcode', transform: { emptyIf: '' } },
      enabled: 'status',
    },
    password: { column: 'pass', writeBack: { enabled: true, set: { changed: 'now' } } },
  },
  signs: { table: 'users_field_data', columns: ['uid', 'name', 'pass', 'mail', 'default_langcode'] },
  tested: { against: 'schema', version: 'Drupal 10' },
  notes: [
    'A hash is written in the format the person has: bcrypt since 10.1, drupal before. People without one need password.writeBack.format.',
    'Drupal caches people: changed passwords count at once, as they are read from the table at sign-in.',
    'Names are fields of the site’s own making, in tables such as user__field_first_name: they need a query, which cannot be written to.',
  ],
};
