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
  tested: {
    against: 'schema',
    version: 'Drupal 11',
    published: {
      repository: 'drupal/drupal',
      files: [
        { path: 'modules/user/src/Entity/User.php', commit: '3c96fb0e4e7f', repository: 'drupal/core' },
        { path: 'core/modules/user/src/UserStorageSchema.php', commit: '139f9114172b' },
        { path: 'core/modules/user/src/UserAuth.php', commit: '006b817484ce' },
        { path: 'core/lib/Drupal/Core/Entity/EntityStorageBase.php', commit: '01013ed31119' },
        { path: 'core/lib/Drupal/Core/Cache/DatabaseBackend.php', commit: '0471b498f55e' },
        { path: 'core/lib/Drupal/Core/Password/PhpPassword.php', commit: '375376d51721' },
        { path: 'core/lib/Drupal/Core/Password/PhpassHashedPasswordBase.php', commit: '3520cc8ffe35' },
      ],
      missing: [
        'Drupal makes its tables from these definitions of fields; the statements themselves, for each kind of database, are in no file.',
      ],
    },
  },
  notes: [
    'A hash is written in the format the person has: bcrypt since 10.1, drupal before. People without one need password.writeBack.format.',
    'Drupal keeps a copy of each person, hash and all, in its cache, and looks at that when somebody signs in: a written password counts there once the copy is gone. Where the cache is in the database, as it is at first, have its owner make a trigger that drops the copy.',
    "The trigger on MySQL: CREATE TRIGGER tributary_uncache AFTER UPDATE ON users_field_data FOR EACH ROW DELETE FROM cache_entity WHERE cid = CONCAT('values:user:', NEW.uid)",
    "The trigger on PostgreSQL: CREATE FUNCTION tributary_uncache() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$ BEGIN DELETE FROM cache_entity WHERE cid = 'values:user:' || NEW.uid; RETURN NULL; END $$; CREATE TRIGGER tributary_uncache AFTER UPDATE ON users_field_data FOR EACH ROW EXECUTE FUNCTION tributary_uncache()",
    "The trigger on SQLite: CREATE TRIGGER tributary_uncache AFTER UPDATE ON users_field_data BEGIN DELETE FROM cache_entity WHERE cid = 'values:user:' || NEW.uid; END",
    'Since Drupal 11 hashes of the format drupal are accepted while its module phpass is on.',
    'Drupal takes spaces off the ends of a password: who sets one that begins or ends with a space cannot sign in there.',
    'Sessions that are open at Drupal stay open.',
    'Names are fields of the site’s own making, in tables such as user__field_first_name: they need a query, which cannot be written to.',
  ],
};
