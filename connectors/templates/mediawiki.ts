import type { Template } from './template.ts';

/** Text is kept in binary columns; on PostgreSQL the table is called mwuser. */
export const mediawiki: Template = {
  name: 'mediawiki',
  application: 'MediaWiki 1.27 and later',
  connectors: ['mysql', 'sqlite', 'postgres'],
  definition: {
    source: { table: 'user', key: ['user_id'] },
    mapping: {
      username: 'user_name',
      email: { column: 'user_email', transform: ['trim', { emptyIf: '' }] },
      displayName: { column: 'user_real_name', transform: { emptyIf: '' } },
    },
    password: { column: 'user_password', writeBack: { enabled: true } },
  },
  only: {
    sqlite: { changes: { mode: 'poll', cursor: 'user_touched' } },
    postgres: { source: { table: 'mediawiki.mwuser' }, changes: { mode: 'poll' } },
  },
  signs: {
    table: 'user',
    columns: ['user_id', 'user_name', 'user_real_name', 'user_password', 'user_touched'],
  },
  tested: 'schema',
  notes: [
    'On MySQL the time of the last change is kept as bytes, which cannot be polled: people are found by full runs.',
    'Blocks are in a table of their own: everybody is enabled.',
    'System users have an empty password and may be left out with source.where.',
    'With $wgDBprefix the table has a prefix: set source.table.',
  ],
};
