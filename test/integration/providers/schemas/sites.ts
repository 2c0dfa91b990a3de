import { BCRYPT, noteOf, PHPASS, type Published } from './published.ts';

/** Made by MediaWiki, of test/unit/passwords/known-answers. */
const MEDIAWIKI_HASH =
  ':pbkdf2:sha512:1000:64:4u+ldWirHcY1CutvkKb++A==:jw7Fcwznm/K2Gzsbkn0l8O4Q7RnusN153KB1tyv/6aNF7vO1WkRRxu+e/4bOrB70eKblyHxsG2s+OfBBrZlSQw==';

/** Applications that publish: WordPress 6, MediaWiki 1.39, Drupal 9 and 10, Joomla 4 and 5, phpBB 3.1. */
export const SITES: readonly Published[] = [
  {
    template: 'wordpress',
    tables: {
      mysql: [
        `CREATE TABLE wp_users (ID bigint(20) unsigned NOT NULL auto_increment PRIMARY KEY, user_login varchar(60) NOT NULL default '',
          user_pass varchar(255) NOT NULL default '', user_nicename varchar(50) NOT NULL default '', user_email varchar(100) NOT NULL default '',
          user_url varchar(100) NOT NULL default '', user_registered datetime NOT NULL default '0000-00-00 00:00:00',
          user_activation_key varchar(255) NOT NULL default '', user_status int(11) NOT NULL default 0, display_name varchar(250) NOT NULL default '')`,
      ],
    },
    rows: [
      `INSERT INTO wp_users (user_login, user_pass, user_email, display_name) VALUES ('ada', '${PHPASS}', 'ada@example.org', 'Ada Byron'), ('bo', '$wp${BCRYPT}', '', 'Bo')`,
    ],
    username: 'ada',
    email: 'ada@example.org',
    name: 'Ada Byron',
    keys: ['1', '2'],
  },
  {
    template: 'mediawiki',
    tables: {
      mysql: [
        `CREATE TABLE user (user_id int(10) unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, user_name varbinary(255) NOT NULL DEFAULT '' UNIQUE,
          user_real_name varbinary(255) NOT NULL DEFAULT '', user_password tinyblob NOT NULL, user_newpassword tinyblob NOT NULL DEFAULT '',
          user_newpass_time binary(14), user_email tinyblob NOT NULL, user_touched binary(14) NOT NULL, user_token binary(32) NOT NULL DEFAULT '',
          user_email_authenticated binary(14), user_registration binary(14), user_editcount int(10) unsigned, user_password_expires varbinary(14))
          DEFAULT CHARSET=binary`,
      ],
      sqlite: [
        `CREATE TABLE user (user_id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, user_name BLOB DEFAULT '' NOT NULL, user_real_name BLOB DEFAULT '' NOT NULL,
          user_password BLOB NOT NULL, user_newpassword BLOB NOT NULL DEFAULT '', user_email CLOB NOT NULL, user_touched BLOB NOT NULL, user_token BLOB DEFAULT '' NOT NULL,
          user_editcount INTEGER UNSIGNED DEFAULT NULL)`,
      ],
    },
    rows: [
      `INSERT INTO user (user_name, user_real_name, user_password, user_email, user_touched) VALUES ('Ada', 'Ada Byron', '${MEDIAWIKI_HASH}', 'ada@example.org', '20240501100000'),
        ('MediaWiki default', '', '', '', '20240501100000')`,
    ],
    username: 'Ada',
    email: 'ada@example.org',
    name: 'Ada Byron',
    keys: ['1', '2'],
  },
  {
    template: 'mediawiki',
    tables: {
      postgres: [
        'CREATE SCHEMA mediawiki',
        `CREATE TABLE mediawiki."user" (user_id SERIAL PRIMARY KEY, user_name TEXT DEFAULT '' NOT NULL, user_real_name TEXT DEFAULT '' NOT NULL,
          user_password TEXT NOT NULL, user_newpassword TEXT NOT NULL DEFAULT '', user_email TEXT NOT NULL, user_touched TIMESTAMPTZ NOT NULL, user_token TEXT DEFAULT '' NOT NULL)`,
      ],
    },
    rows: [
      `INSERT INTO mediawiki."user" (user_name, user_real_name, user_password, user_email, user_touched) VALUES ('Ada', 'Ada Byron', '${MEDIAWIKI_HASH}', 'ada@example.org', '2024-05-01')`,
    ],
    username: 'Ada',
    email: 'ada@example.org',
    name: 'Ada Byron',
    keys: ['1'],
  },
  {
    template: 'drupal',
    tables: {
      mysql: [
        `CREATE TABLE users_field_data (uid int(10) unsigned NOT NULL, langcode varchar(12) CHARACTER SET ascii NOT NULL, preferred_langcode varchar(12) CHARACTER SET ascii,
          preferred_admin_langcode varchar(12) CHARACTER SET ascii, name varchar(60) NOT NULL, pass varchar(255), mail varchar(254), timezone varchar(32), status tinyint(4),
          created int(11) NOT NULL, changed int(11), access int(11) NOT NULL DEFAULT 0, login int(11), init varchar(254), default_langcode tinyint(4) NOT NULL, PRIMARY KEY (uid, langcode), UNIQUE KEY user__name (name, langcode), KEY user_field__mail (mail(191)))`,
        `CREATE TABLE cache_entity (cid varchar(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' PRIMARY KEY, data longblob)`,
        noteOf('drupal', 'The trigger on MySQL: '),
      ],
      postgres: [
        `CREATE TABLE users_field_data (uid bigint NOT NULL CHECK (uid >= 0), langcode varchar(12) NOT NULL, preferred_langcode varchar(12), preferred_admin_langcode varchar(12),
          name varchar(60) NOT NULL, pass varchar(255), mail varchar(254), timezone varchar(32), status smallint, created int NOT NULL, changed int, access int NOT NULL DEFAULT 0,
          login int, init varchar(254), default_langcode smallint NOT NULL, PRIMARY KEY (uid, langcode), UNIQUE (name, langcode))`,
        `CREATE TABLE cache_entity (cid varchar(255) NOT NULL DEFAULT '' PRIMARY KEY, data bytea)`,
        noteOf('drupal', 'The trigger on PostgreSQL: '),
      ],
      sqlite: [
        `CREATE TABLE users_field_data (uid INTEGER NOT NULL CHECK (uid >= 0), langcode VARCHAR(12) NOT NULL, preferred_langcode VARCHAR(12) NULL, preferred_admin_langcode VARCHAR(12) NULL,
          name VARCHAR(60) COLLATE NOCASE NOT NULL, pass VARCHAR(255) NULL, mail VARCHAR(254) NULL, timezone VARCHAR(32) NULL, status INTEGER NULL, created INTEGER NOT NULL, changed INTEGER NULL,
          access INTEGER NOT NULL DEFAULT 0, login INTEGER NULL, init VARCHAR(254) NULL, default_langcode INTEGER NOT NULL, PRIMARY KEY (uid, langcode))`,
        'CREATE UNIQUE INDEX user__name ON users_field_data (name, langcode)',
        `CREATE TABLE cache_entity (cid VARCHAR(255) NOT NULL DEFAULT '' PRIMARY KEY, data BLOB)`,
        noteOf('drupal', 'The trigger on SQLite: '),
      ],
    },
    rows: [
      `INSERT INTO users_field_data (uid, langcode, preferred_langcode, name, pass, mail, status, created, changed, default_langcode) VALUES
        (0, 'en', 'en', '', NULL, NULL, 0, 1, 1, 1), (1, 'en', 'en', 'ada', '${BCRYPT}', 'ada@example.org', 1, 1, 1714557600, 1),
        (1, 'sv', 'en', 'ada', '${BCRYPT}', 'ada@example.org', 1, 1, 1714557600, 0), (2, 'en', 'en', 'bo', NULL, NULL, 0, 1, 1714557600, 1)`,
      `INSERT INTO cache_entity (cid) VALUES ('values:user:1'), ('values:user:11')`,
    ],
    afterwards: { query: 'SELECT cid FROM cache_entity', rows: [{ cid: 'values:user:11' }] },
    username: 'ada',
    email: 'ada@example.org',
    disabled: ['2'],
    keys: ['1', '2'],
  },
  {
    template: 'joomla',
    tables: {
      mysql: [
        `CREATE TABLE jos_users (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(400) NOT NULL DEFAULT '', username varchar(150) NOT NULL DEFAULT '', email varchar(100) NOT NULL DEFAULT '',
          password varchar(100) NOT NULL DEFAULT '', block tinyint NOT NULL DEFAULT 0, sendEmail tinyint DEFAULT 0, registerDate datetime NOT NULL, lastvisitDate datetime, activation varchar(100) NOT NULL DEFAULT '',
          params text NOT NULL, lastResetTime datetime, resetCount int NOT NULL DEFAULT 0, otpKey varchar(1000) NOT NULL DEFAULT '', otep varchar(1000) NOT NULL DEFAULT '',
          requireReset tinyint NOT NULL DEFAULT 0, authProvider varchar(100) NOT NULL DEFAULT '',
          KEY idx_name (name(100)), KEY idx_block (block), UNIQUE KEY idx_username (username), KEY email (email)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
        `INSERT INTO jos_users (id, name, username, email, password, block, registerDate, params, requireReset) VALUES
          (1, 'Ada Byron', 'ada', 'ada@example.org', '${BCRYPT}', 0, '2024-05-01', '', 1), (2, 'Bo', 'bo', 'bo@example.org', '', 1, '2024-05-01', '', 0)`,
      ],
      postgres: [
        `CREATE TABLE jos_users (id serial PRIMARY KEY, name varchar(255) DEFAULT '' NOT NULL, username varchar(150) DEFAULT '' NOT NULL, email varchar(100) DEFAULT '' NOT NULL,
          password varchar(100) DEFAULT '' NOT NULL, block smallint DEFAULT 0 NOT NULL, "sendEmail" smallint DEFAULT 0, "registerDate" timestamp NOT NULL, "lastvisitDate" timestamp, activation varchar(100) DEFAULT '' NOT NULL,
          params text NOT NULL, "lastResetTime" timestamp, "resetCount" bigint DEFAULT 0 NOT NULL, "otpKey" varchar(1000) DEFAULT '' NOT NULL, otep varchar(1000) DEFAULT '' NOT NULL,
          "requireReset" smallint DEFAULT 0, "authProvider" varchar(100) DEFAULT '' NOT NULL, UNIQUE (username))`,
        'CREATE INDEX jos_users_email_lower ON jos_users (lower(email))',
        `INSERT INTO jos_users (id, name, username, email, password, block, "registerDate", params, "requireReset") VALUES
          (1, 'Ada Byron', 'ada', 'ada@example.org', '${BCRYPT}', 0, '2024-05-01', '', 1), (2, 'Bo', 'bo', 'bo@example.org', '', 1, '2024-05-01', '', NULL)`,
      ],
    },
    rows: [],
    username: 'ada',
    email: 'ada@example.org',
    name: 'Ada Byron',
    disabled: ['2'],
    forced: ['1'],
    keys: ['1', '2'],
  },
  {
    template: 'phpbb',
    tables: {
      mysql: [
        `CREATE TABLE phpbb_users (user_id mediumint(8) unsigned NOT NULL auto_increment, user_type tinyint(2) DEFAULT 0 NOT NULL, user_permissions mediumtext NOT NULL DEFAULT '', username varchar(255) DEFAULT '' NOT NULL,
          username_clean varchar(255) DEFAULT '' NOT NULL, user_password varchar(255) DEFAULT '' NOT NULL, user_passchg int(11) unsigned DEFAULT 0 NOT NULL, user_email varchar(100) DEFAULT '' NOT NULL,
          user_lang varchar(30) DEFAULT '' NOT NULL, PRIMARY KEY (user_id), KEY user_type (user_type), UNIQUE username_clean (username_clean)) CHARACTER SET utf8 COLLATE utf8_bin`,
      ],
      postgres: [
        `CREATE DOMAIN varchar_ci AS varchar(255) NOT NULL DEFAULT ''::character varying`,
        'CREATE SEQUENCE phpbb_users_seq',
        `CREATE TABLE phpbb_users (user_id INT4 DEFAULT nextval('phpbb_users_seq'), user_type INT2 DEFAULT '0' NOT NULL, username varchar_ci DEFAULT '' NOT NULL, username_clean varchar_ci DEFAULT '' NOT NULL,
          user_password varchar(255) DEFAULT '' NOT NULL, user_passchg INT4 DEFAULT '0' NOT NULL CHECK (user_passchg >= 0), user_email varchar(100) DEFAULT '' NOT NULL, user_lang varchar(30) DEFAULT '' NOT NULL,
          PRIMARY KEY (user_id))`,
        'CREATE UNIQUE INDEX phpbb_users_username_clean ON phpbb_users (username_clean)',
      ],
      sqlite: [
        `CREATE TABLE phpbb_users (user_id INTEGER PRIMARY KEY NOT NULL, user_type tinyint(2) NOT NULL DEFAULT '0', username varchar(255) NOT NULL DEFAULT '', username_clean varchar(255) NOT NULL DEFAULT '',
          user_password varchar(255) NOT NULL DEFAULT '', user_passchg INTEGER UNSIGNED NOT NULL DEFAULT '0', user_email varchar(100) NOT NULL DEFAULT '', user_lang varchar(30) NOT NULL DEFAULT '')`,
        'CREATE UNIQUE INDEX phpbb_users_username_clean ON phpbb_users (username_clean)',
      ],
    },
    rows: [
      `INSERT INTO phpbb_users (user_id, user_type, username, username_clean, user_password, user_passchg, user_email, user_lang) VALUES (1, 2, 'Anonymous', 'anonymous', '', 0, '', 'en'),
        (2, 3, 'Ada', 'ada', '${BCRYPT}', 1714557600, 'ada@example.org', 'en'), (3, 1, 'Bo', 'bo', '${PHPASS}', 0, 'bo@example.org', 'de_x_sie')`,
    ],
    username: 'Ada',
    email: 'ada@example.org',
    disabled: ['3'],
    keys: ['2', '3'],
  },
];
