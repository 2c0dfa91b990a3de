import type { ConnectorKind } from '../../../connectors/contract/definition.ts';

/** A table as an application publishes it, with two people, and what the template makes of the first. */
export interface Published {
  readonly template: string;
  readonly kinds: readonly ConnectorKind[];
  readonly sql: readonly string[];
  readonly username: string;
  readonly email: string | null;
  readonly name?: string;
  /** Keys of those who may not sign in. */
  readonly disabled?: readonly string[];
  /** Keys that are read. */
  readonly keys: readonly string[];
}

const BCRYPT = '$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';
const PHPASS = '$P$BZlwR6pVzjmJ4bPvb5kWl0xhM2ZPd60';

export const PUBLISHED: readonly Published[] = [
  {
    template: 'wordpress',
    kinds: ['mysql'],
    sql: [
      `CREATE TABLE wp_users (ID bigint(20) unsigned NOT NULL auto_increment PRIMARY KEY, user_login varchar(60) NOT NULL default '',
        user_pass varchar(255) NOT NULL default '', user_nicename varchar(50) NOT NULL default '', user_email varchar(100) NOT NULL default '',
        user_url varchar(100) NOT NULL default '', user_registered datetime NOT NULL default '0000-00-00 00:00:00',
        user_activation_key varchar(255) NOT NULL default '', user_status int(11) NOT NULL default '0', display_name varchar(250) NOT NULL default '')`,
      `INSERT INTO wp_users (user_login, user_pass, user_email, display_name) VALUES ('ada', '${PHPASS}', 'ada@example.org', 'Ada Byron'), ('bo', '$wp${BCRYPT}', '', 'Bo')`,
    ],
    username: 'ada',
    email: 'ada@example.org',
    name: 'Ada Byron',
    keys: ['1', '2'],
  },
  {
    template: 'mediawiki',
    kinds: ['mysql'],
    sql: [
      `CREATE TABLE user (user_id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, user_name VARBINARY(255) DEFAULT '' NOT NULL UNIQUE,
        user_real_name VARBINARY(255) DEFAULT '' NOT NULL, user_password TINYBLOB NOT NULL, user_email TINYTEXT NOT NULL,
        user_touched BINARY(14) NOT NULL, user_token BINARY(32) DEFAULT '' NOT NULL)`,
      `INSERT INTO user (user_name, user_real_name, user_password, user_email, user_touched) VALUES ('Ada', 'Ada Byron', ':pbkdf2:sha512:30000:64:c2FsdA==:aGFzaA==', 'ada@example.org', '20240501100000'), ('MediaWiki default', '', '', '', '20240501100000')`,
    ],
    username: 'Ada',
    email: 'ada@example.org',
    name: 'Ada Byron',
    keys: ['1', '2'],
  },
  {
    template: 'mediawiki',
    kinds: ['sqlite'],
    sql: [
      `CREATE TABLE "user" (user_id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, user_name BLOB DEFAULT '' NOT NULL, user_real_name BLOB DEFAULT '' NOT NULL,
        user_password BLOB NOT NULL, user_email CLOB NOT NULL, user_touched BLOB NOT NULL, user_token BLOB DEFAULT '' NOT NULL)`,
      `INSERT INTO "user" (user_name, user_real_name, user_password, user_email, user_touched) VALUES (CAST('Ada' AS BLOB), 'Ada Byron', ':pbkdf2:sha512:30000:64:c2FsdA==:aGFzaA==', 'ada@example.org', '20240501100000'), ('Bo', '', '', '', '20240501100000')`,
    ],
    username: 'Ada',
    email: 'ada@example.org',
    name: 'Ada Byron',
    keys: ['1', '2'],
  },
  {
    template: 'mediawiki',
    kinds: ['postgres'],
    sql: [
      `CREATE SCHEMA mediawiki`,
      `CREATE TABLE mediawiki.mwuser (user_id SERIAL PRIMARY KEY, user_name TEXT DEFAULT '' NOT NULL, user_real_name TEXT DEFAULT '' NOT NULL,
        user_password TEXT NOT NULL, user_email TEXT NOT NULL, user_touched TIMESTAMPTZ NOT NULL, user_token TEXT DEFAULT '' NOT NULL)`,
      `INSERT INTO mediawiki.mwuser (user_name, user_real_name, user_password, user_email, user_touched) VALUES ('Ada', 'Ada Byron', '', 'ada@example.org', '2024-05-01')`,
    ],
    username: 'Ada',
    email: 'ada@example.org',
    name: 'Ada Byron',
    keys: ['1'],
  },
  {
    template: 'joomla',
    kinds: ['postgres'],
    sql: [
      `CREATE TABLE jos_users (id serial PRIMARY KEY, name varchar(400) NOT NULL, username varchar(150) NOT NULL, email varchar(100) NOT NULL, password varchar(100) NOT NULL,
        block smallint NOT NULL, "sendEmail" smallint, "registerDate" timestamp NOT NULL, "requireReset" smallint NOT NULL)`,
      `INSERT INTO jos_users VALUES (1, 'Ada Byron', 'ada', 'ada@example.org', '${BCRYPT}', 0, 0, '2024-05-01', 1), (2, 'Bo', 'bo', 'bo@example.org', '', 1, 0, '2024-05-01', 0)`,
    ],
    username: 'ada',
    email: 'ada@example.org',
    name: 'Ada Byron',
    disabled: ['2'],
    keys: ['1', '2'],
  },
  {
    template: 'aspnet-identity',
    kinds: ['mysql'],
    sql: [
      'CREATE TABLE AspNetUsers (Id varchar(255) NOT NULL PRIMARY KEY, UserName varchar(256), NormalizedUserName varchar(256), Email varchar(256), PasswordHash longtext, SecurityStamp longtext, PhoneNumber longtext)',
      `INSERT INTO AspNetUsers VALUES ('5f1b', 'ada', 'ADA', 'ada@example.org', NULL, 's', NULL)`,
    ],
    username: 'ada',
    email: 'ada@example.org',
    keys: ['5f1b'],
  },
  {
    template: 'drupal',
    kinds: ['postgres', 'mysql', 'sqlite'],
    sql: [
      `CREATE TABLE users_field_data (uid bigint NOT NULL, langcode varchar(12) NOT NULL, preferred_langcode varchar(12), name varchar(60) NOT NULL,
        pass varchar(255), mail varchar(254), status smallint, created int NOT NULL, changed int, default_langcode smallint NOT NULL, PRIMARY KEY (uid, langcode))`,
      `INSERT INTO users_field_data VALUES (0, 'en', '', '', NULL, NULL, 0, 1, 1, 1), (1, 'en', 'en', 'ada', '${BCRYPT}', 'ada@example.org', 1, 1, 1714557600, 1),
        (1, 'sv', 'en', 'ada', NULL, NULL, 1, 1, 1714557600, 0), (2, 'en', 'en', 'bo', NULL, NULL, 0, 1, 1714557600, 1)`,
    ],
    username: 'ada',
    email: 'ada@example.org',
    disabled: ['2'],
    keys: ['1', '2'],
  },
  {
    template: 'joomla',
    kinds: ['mysql'],
    sql: [
      `CREATE TABLE jos_users (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(400) NOT NULL DEFAULT '', username varchar(150) NOT NULL DEFAULT '',
        email varchar(100) NOT NULL DEFAULT '', password varchar(100) NOT NULL DEFAULT '', block tinyint NOT NULL DEFAULT 0, sendEmail tinyint DEFAULT 0,
        registerDate datetime NOT NULL, requireReset tinyint NOT NULL DEFAULT 0)`,
      `INSERT INTO jos_users VALUES (1, 'Ada Byron', 'ada', 'ada@example.org', '${BCRYPT}', 0, 0, '2024-05-01', 1), (2, 'Bo', 'bo', 'bo@example.org', '', 1, 0, '2024-05-01', 0)`,
    ],
    username: 'ada',
    email: 'ada@example.org',
    name: 'Ada Byron',
    disabled: ['2'],
    keys: ['1', '2'],
  },
  {
    template: 'moodle',
    kinds: ['postgres', 'mysql'],
    sql: [
      `CREATE TABLE mdl_user (id bigint PRIMARY KEY, auth varchar(20) NOT NULL, confirmed smallint NOT NULL, deleted smallint NOT NULL, suspended smallint NOT NULL,
        mnethostid bigint NOT NULL, username varchar(100) NOT NULL, password varchar(255) NOT NULL, idnumber varchar(255) NOT NULL, firstname varchar(100) NOT NULL,
        lastname varchar(100) NOT NULL, email varchar(100) NOT NULL, institution varchar(255) NOT NULL, department varchar(255) NOT NULL, lang varchar(30) NOT NULL, timemodified bigint NOT NULL)`,
      `INSERT INTO mdl_user VALUES (1, 'manual', 1, 0, 0, 1, 'guest', '', '', 'Guest', '', 'root@localhost', '', '', 'en', 0),
        (2, 'manual', 1, 0, 0, 1, 'ada', '${BCRYPT}', 'E7', 'Ada', 'Byron', 'ada@example.org', '', 'Engines', 'sv_fi', 1714557600), (3, 'manual', 1, 0, 1, 1, 'bo', 'h', '', 'Bo', '', 'bo@example.org', '', '', 'en', 0), (4, 'ldap', 1, 0, 0, 1, 'cy', 'not cached', '', '', '', 'c@example.org', '', '', 'en', 0)`,
    ],
    username: 'ada',
    email: 'ada@example.org',
    disabled: ['3'],
    keys: ['2', '3'],
  },
  {
    template: 'laravel',
    kinds: ['postgres', 'mysql', 'sqlite'],
    sql: [
      `CREATE TABLE users (id bigint PRIMARY KEY, name varchar(255) NOT NULL, email varchar(255) NOT NULL, email_verified_at timestamp NULL, password varchar(255) NOT NULL,
        remember_token varchar(100) NULL, created_at timestamp NULL, updated_at timestamp NULL)`,
      `INSERT INTO users VALUES (1, 'Ada Byron', 'ada@example.org', NULL, '${BCRYPT}', NULL, '2024-05-01 10:00:00', '2024-05-01 10:00:00')`,
    ],
    username: 'ada@example.org',
    email: 'ada@example.org',
    name: 'Ada Byron',
    keys: ['1'],
  },
  {
    template: 'rails-devise',
    kinds: ['postgres', 'mysql', 'sqlite'],
    sql: [
      `CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255) DEFAULT '' NOT NULL, encrypted_password varchar(255) DEFAULT '' NOT NULL, reset_password_token varchar(255),
        remember_created_at timestamp NULL, created_at timestamp NULL, updated_at timestamp NULL)`,
      `INSERT INTO users VALUES (1, 'ada@example.org', '${BCRYPT.replace('2y', '2a')}', NULL, NULL, '2024-05-01 10:00:00', '2024-05-01 10:00:00')`,
    ],
    username: 'ada@example.org',
    email: 'ada@example.org',
    keys: ['1'],
  },
  {
    template: 'aspnet-identity',
    kinds: ['postgres', 'sqlite'],
    sql: [
      `CREATE TABLE "AspNetUsers" ("Id" varchar(450) NOT NULL PRIMARY KEY, "UserName" varchar(256), "NormalizedUserName" varchar(256), "Email" varchar(256), "EmailConfirmed" boolean NOT NULL,
        "PasswordHash" text, "SecurityStamp" text, "PhoneNumber" text)`,
      `INSERT INTO "AspNetUsers" VALUES ('5f1b', 'ada', 'ADA', 'ada@example.org', true, NULL, 's', NULL)`,
    ],
    username: 'ada',
    email: 'ada@example.org',
    keys: ['5f1b'],
  },
  {
    template: 'nextcloud',
    kinds: ['postgres', 'mysql', 'sqlite'],
    sql: [
      `CREATE TABLE oc_users (uid varchar(64) NOT NULL PRIMARY KEY, displayname varchar(64), password varchar(255) NOT NULL DEFAULT '', uid_lower varchar(64))`,
      `INSERT INTO oc_users VALUES ('Ada', 'Ada Byron', '', 'ada')`,
    ],
    username: 'Ada',
    email: null,
    name: 'Ada Byron',
    keys: ['Ada'],
  },
  {
    template: 'odoo',
    kinds: ['postgres'],
    sql: [
      `CREATE TABLE res_users (id serial PRIMARY KEY, company_id int NOT NULL, partner_id int NOT NULL, active boolean DEFAULT true, login varchar NOT NULL, password varchar, share boolean, write_date timestamp)`,
      `INSERT INTO res_users VALUES (2, 1, 3, true, 'ada@example.org', NULL, false, '2024-05-01 10:00:00'), (3, 1, 4, false, 'bo@example.org', NULL, false, '2024-05-01 10:00:00')`,
    ],
    username: 'ada@example.org',
    email: 'ada@example.org',
    disabled: ['3'],
    keys: ['2', '3'],
  },
  {
    template: 'keycloak',
    kinds: ['postgres'],
    sql: [
      `CREATE TABLE user_entity (id varchar(36) NOT NULL PRIMARY KEY, email varchar(255), email_constraint varchar(255), email_verified boolean DEFAULT false NOT NULL, enabled boolean DEFAULT false NOT NULL,
        federation_link varchar(255), first_name varchar(255), last_name varchar(255), realm_id varchar(255), username varchar(255), created_timestamp bigint, service_account_client_link varchar(255), not_before int DEFAULT 0 NOT NULL)`,
      `INSERT INTO user_entity VALUES ('a1', 'ada@example.org', 'ada@example.org', true, true, NULL, 'Ada', 'Byron', 'r', 'ada', 1, NULL, 0), ('a2', NULL, 'x', false, true, NULL, NULL, NULL, 'r', 'service-account-app', 1, 'client', 0)`,
    ],
    username: 'ada',
    email: 'ada@example.org',
    keys: ['a1'],
  },
  {
    template: 'discourse',
    kinds: ['postgres'],
    sql: [
      `CREATE TABLE users (id serial PRIMARY KEY, username varchar(60) NOT NULL, username_lower varchar(60) NOT NULL, name varchar, active boolean DEFAULT false NOT NULL, moderator boolean DEFAULT false, trust_level int NOT NULL, staged boolean DEFAULT false NOT NULL, locale varchar(10), updated_at timestamp NOT NULL)`,
      `CREATE TABLE user_emails (id serial PRIMARY KEY, user_id int NOT NULL, email varchar(513) NOT NULL, "primary" boolean DEFAULT false NOT NULL)`,
      `INSERT INTO users VALUES (-1, 'system', 'system', 'system', true, true, 4, false, NULL, '2024-05-01'), (1, 'ada', 'ada', 'Ada Byron', true, false, 1, false, 'pt_BR', '2024-05-01'), (2, 'staged', 'staged', NULL, false, false, 0, true, NULL, '2024-05-01')`,
      `INSERT INTO user_emails (user_id, email, "primary") VALUES (1, 'other@example.org', false), (1, 'ada@example.org', true)`,
    ],
    username: 'ada',
    email: 'ada@example.org',
    name: 'Ada Byron',
    keys: ['1'],
  },
  {
    template: 'phpbb',
    kinds: ['mysql', 'postgres', 'sqlite'],
    sql: [
      `CREATE TABLE phpbb_users (user_id int PRIMARY KEY, user_type smallint NOT NULL, username varchar(255) NOT NULL, username_clean varchar(255) NOT NULL, user_password varchar(255) NOT NULL, user_passchg int NOT NULL, user_email varchar(100) NOT NULL, user_lang varchar(30) NOT NULL)`,
      `INSERT INTO phpbb_users VALUES (1, 2, 'Anonymous', 'anonymous', '', 0, '', 'en'), (2, 3, 'Ada', 'ada', '${BCRYPT}', 1714557600, 'ada@example.org', 'en'), (3, 1, 'Bo', 'bo', '${PHPASS}', 0, 'bo@example.org', 'de_x_sie')`,
    ],
    username: 'Ada',
    email: 'ada@example.org',
    disabled: ['3'],
    keys: ['2', '3'],
  },
  {
    template: 'magento',
    kinds: ['mysql'],
    sql: [
      `CREATE TABLE customer_entity (entity_id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, website_id smallint unsigned, email varchar(255), created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, is_active smallint unsigned NOT NULL DEFAULT 1, firstname varchar(255), lastname varchar(255), password_hash varchar(128))`,
      `INSERT INTO customer_entity (website_id, email, is_active, firstname, lastname) VALUES (1, 'Ada@example.org', 1, 'Ada', 'Byron'), (1, 'bo@example.org', 0, 'Bo', NULL)`,
    ],
    username: 'Ada@example.org',
    email: 'ada@example.org',
    disabled: ['2'],
    keys: ['1', '2'],
  },
  {
    template: 'django',
    kinds: ['postgres', 'mysql', 'sqlite'],
    sql: [
      `CREATE TABLE auth_user (id int PRIMARY KEY, password varchar(128) NOT NULL, last_login timestamp NULL, is_superuser boolean NOT NULL, username varchar(150) NOT NULL, first_name varchar(150) NOT NULL, last_name varchar(150) NOT NULL, email varchar(254) NOT NULL, is_staff boolean NOT NULL, is_active boolean NOT NULL, date_joined timestamp NOT NULL)`,
      `INSERT INTO auth_user VALUES (1, '!', NULL, false, 'ada', 'Ada', 'Byron', 'ada@example.org', false, true, '2024-05-01 10:00:00'), (2, '!', NULL, false, 'bo', '', '', '', false, false, '2024-05-01 10:00:00')`,
    ],
    username: 'ada',
    email: 'ada@example.org',
    disabled: ['2'],
    keys: ['1', '2'],
  },
];
