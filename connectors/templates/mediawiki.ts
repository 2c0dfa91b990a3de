import type { Template } from './template.ts';

/** Text is kept in binary columns; on PostgreSQL the tables have a schema of their own. */
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
    postgres: { source: { table: 'mediawiki.user' }, changes: { mode: 'poll' } },
  },
  signs: {
    table: 'user',
    columns: ['user_id', 'user_name', 'user_real_name', 'user_password', 'user_touched'],
  },
  tested: { against: 'application', version: 'MediaWiki 1.39' },
  notes: [
    'On MySQL the time of the last change is kept as bytes, which cannot be polled: people are found by full runs.',
    'On PostgreSQL before MediaWiki 1.39 the table is called mediawiki.mwuser: set source.table.',
    'Blocks are in a table of their own: everybody is enabled.',
    "System users have an empty password: leave them out with source.where, for example user_password <> ''.",
    'With $wgDBprefix the table has a prefix: set source.table.',
  ],
};
