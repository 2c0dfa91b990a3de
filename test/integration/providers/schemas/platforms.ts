import { BCRYPT, type Published } from './published.ts';

const moodleTable = (id: string, flag: string, number: string): string =>
  `CREATE TABLE mdl_user (id ${id}, auth varchar(20) NOT NULL DEFAULT 'manual', confirmed ${flag} NOT NULL DEFAULT 0, policyagreed ${flag} NOT NULL DEFAULT 0, deleted ${flag} NOT NULL DEFAULT 0,
    suspended ${flag} NOT NULL DEFAULT 0, mnethostid ${number} NOT NULL DEFAULT 0, username varchar(100) NOT NULL DEFAULT '', password varchar(255) NOT NULL DEFAULT '', idnumber varchar(255) NOT NULL DEFAULT '',
    firstname varchar(100) NOT NULL DEFAULT '', lastname varchar(100) NOT NULL DEFAULT '', email varchar(100) NOT NULL DEFAULT '', emailstop ${flag} NOT NULL DEFAULT 0, phone1 varchar(20) NOT NULL DEFAULT '', phone2 varchar(20) NOT NULL DEFAULT '', institution varchar(255) NOT NULL DEFAULT '',
    department varchar(255) NOT NULL DEFAULT '', address varchar(255) NOT NULL DEFAULT '', city varchar(120) NOT NULL DEFAULT '', country varchar(2) NOT NULL DEFAULT '', lang varchar(30) NOT NULL DEFAULT 'en', timecreated ${number} NOT NULL DEFAULT 0,
    timemodified ${number} NOT NULL DEFAULT 0, UNIQUE (mnethostid, username))`;

const NEXTCLOUD = `CREATE TABLE oc_users (uid varchar(64) DEFAULT '' NOT NULL PRIMARY KEY, displayname varchar(64) DEFAULT NULL, password varchar(255) DEFAULT '' NOT NULL, uid_lower varchar(64) DEFAULT '')`;

const NEXTCLOUD_INDEX = 'CREATE INDEX user_uid_lower ON oc_users (uid_lower)';

/** Platforms with people of their own: Moodle 5, Nextcloud 14 to 31, Odoo 14, Keycloak, Discourse 3.4, Magento 2.4. */
export const PLATFORMS: readonly Published[] = [
  {
    template: 'moodle',
    tables: {
      postgres: [moodleTable('bigserial PRIMARY KEY', 'smallint', 'bigint')],
      mysql: [moodleTable('bigint(10) NOT NULL AUTO_INCREMENT PRIMARY KEY', 'tinyint(1)', 'bigint(10)')],
    },
    rows: [
      `INSERT INTO mdl_user (id, auth, confirmed, mnethostid, username, email) VALUES (1, 'manual', 1, 1, 'guest', 'root@localhost'), (4, 'ldap', 1, 1, 'cy', 'cy@example.org')`,
      `INSERT INTO mdl_user (id, confirmed, mnethostid, username, password, idnumber, firstname, lastname, email, department, lang, timemodified) VALUES
        (2, 1, 1, 'ada', '${BCRYPT}', 'E7', 'Ada', 'Byron', 'ada@example.org', 'Engines', 'sv_fi', 1714557600)`,
      `INSERT INTO mdl_user (id, confirmed, suspended, mnethostid, username, email) VALUES (3, 1, 1, 1, 'bo', 'bo@example.org'), (5, 0, 0, 1, 'di', 'di@example.org')`,
    ],
    username: 'ada',
    email: 'ada@example.org',
    disabled: ['3', '5'],
    keys: ['2', '3', '5'],
  },
  {
    template: 'nextcloud',
    tables: {
      postgres: [NEXTCLOUD, NEXTCLOUD_INDEX],
      mysql: [`${NEXTCLOUD} COLLATE utf8mb4_bin`, NEXTCLOUD_INDEX],
      sqlite: [NEXTCLOUD, NEXTCLOUD_INDEX],
    },
    rows: [
      `INSERT INTO oc_users (uid, displayname, uid_lower, password) VALUES ('Ada', 'Ada Byron', 'ada', '1|${BCRYPT}')`,
    ],
    username: 'Ada',
    email: null,
    name: 'Ada Byron',
    keys: ['Ada'],
  },
  {
    template: 'odoo',
    tables: {
      postgres: [
        `CREATE TABLE res_users (id serial PRIMARY KEY, active boolean DEFAULT true, login varchar NOT NULL UNIQUE, password varchar, company_id integer NOT NULL, partner_id integer NOT NULL,
          create_date timestamp, signature text, action_id integer, share boolean, create_uid integer REFERENCES res_users ON DELETE SET NULL, write_uid integer REFERENCES res_users ON DELETE SET NULL, write_date timestamp, totp_secret varchar)`,
      ],
    },
    rows: [
      `INSERT INTO res_users (id, company_id, partner_id, active, login, share, write_date) VALUES (1, 1, 2, false, '__system__', false, '2024-05-01 10:00:00'), (4, 1, 4, false, 'public', true, NULL)`,
      `INSERT INTO res_users (id, company_id, partner_id, active, login, share, write_date, password) VALUES (2, 1, 3, true, 'Ada@example.org', false, '2024-05-01 10:00:00',
        '$pbkdf2-sha512$25000$ea.VMobQWut9D0HIGYNQqg$ldlwx5iW6j1d1ZbU6tEQyTvN5lbzdqXrKqlfGTLWzxKcCqVHJ4u5Y0w9dCcy7ImZ8FVSV0uB3BVrkBqNzPOLrA'), (3, 1, 5, false, 'admin', NULL, NULL, NULL)`,
    ],
    username: 'Ada@example.org',
    email: 'ada@example.org',
    disabled: ['3'],
    keys: ['2', '3'],
  },
  {
    template: 'keycloak',
    tables: {
      postgres: [
        `CREATE TABLE user_entity (id varchar(36) NOT NULL PRIMARY KEY, email varchar(255), email_constraint varchar(255), email_verified boolean DEFAULT false NOT NULL, enabled boolean DEFAULT false NOT NULL,
          federation_link varchar(255), first_name varchar(255), last_name varchar(255), realm_id varchar(255), username varchar(255), created_timestamp bigint, service_account_client_link varchar(255), not_before int DEFAULT 0 NOT NULL,
          UNIQUE (realm_id, email_constraint), UNIQUE (realm_id, username))`,
        `CREATE TABLE user_required_action (user_id varchar(36) NOT NULL REFERENCES user_entity, required_action varchar(255) NOT NULL, PRIMARY KEY (required_action, user_id))`,
        `CREATE TABLE credential (id varchar(36) NOT NULL PRIMARY KEY, salt bytea, type varchar(255), user_id varchar(36) REFERENCES user_entity, created_date bigint, user_label varchar(255), secret_data text, credential_data text, priority integer)`,
      ],
    },
    rows: [
      `INSERT INTO user_entity (id, email, email_constraint, email_verified, enabled, first_name, last_name, realm_id, username) VALUES ('a1', 'ada@example.org', 'ada@example.org', true, true, 'Ada', 'Byron', 'r', 'ada')`,
      `INSERT INTO user_entity (id, email_constraint, enabled, realm_id, username, service_account_client_link) VALUES ('a2', 'x', true, 'r', 'service-account-app', 'client')`,
      `INSERT INTO user_entity (id, email_constraint, enabled, realm_id, username) VALUES ('a3', 'y', true, 'r', 'bo')`,
      `INSERT INTO user_required_action VALUES ('a1', 'VERIFY_EMAIL'), ('a3', 'UPDATE_PASSWORD'), ('a3', 'CONFIGURE_TOTP')`,
      `INSERT INTO credential (id, type, user_id, secret_data, credential_data, priority) VALUES ('c0', 'otp', 'a1', '{}', '{}', 5),
        ('c1', 'password', 'a1', '{"value":"${Buffer.alloc(64, 7).toString('base64')}","salt":"AAECAwQFBgcICQoLDA0ODw==","additionalParameters":{}}', '{"hashIterations":210000,"algorithm":"pbkdf2-sha512","additionalParameters":{}}', 10)`,
    ],
    username: 'ada',
    email: 'ada@example.org',
    forced: ['a3'],
    keys: ['a1', 'a3'],
    hashed: 'keycloak',
  },
  {
    template: 'discourse',
    tables: {
      postgres: [
        `CREATE TABLE users (id serial PRIMARY KEY, username varchar(60) NOT NULL UNIQUE, created_at timestamp NOT NULL DEFAULT now(), updated_at timestamp NOT NULL, name varchar, active boolean DEFAULT false NOT NULL,
          username_lower varchar(60) NOT NULL UNIQUE, admin boolean DEFAULT false NOT NULL, trust_level integer NOT NULL, approved boolean DEFAULT false NOT NULL, suspended_at timestamp, suspended_till timestamp, ip_address inet,
          moderator boolean DEFAULT false, title varchar, locale varchar(10), staged boolean DEFAULT false NOT NULL)`,
        `CREATE TABLE user_emails (id serial PRIMARY KEY, user_id integer NOT NULL, email varchar(513) NOT NULL, "primary" boolean DEFAULT false NOT NULL, created_at timestamp NOT NULL DEFAULT now(), updated_at timestamp NOT NULL DEFAULT now(),
          normalized_email varchar)`,
        'CREATE UNIQUE INDEX index_user_emails_on_email ON user_emails (lower(email))',
        'CREATE UNIQUE INDEX index_user_emails_on_user_id_and_primary ON user_emails (user_id, "primary") WHERE "primary"',
        `CREATE TABLE user_passwords (id serial PRIMARY KEY, user_id integer NOT NULL UNIQUE, password_hash varchar(64) NOT NULL, password_salt varchar(32) NOT NULL, password_algorithm varchar(64) NOT NULL,
          password_expired_at timestamp, created_at timestamp NOT NULL DEFAULT now(), updated_at timestamp NOT NULL DEFAULT now())`,
      ],
    },
    rows: [
      `INSERT INTO users (id, username, username_lower, name, active, moderator, trust_level, staged, locale, updated_at) VALUES (-1, 'system', 'system', 'system', true, true, 4, false, NULL, '2024-05-01'),
        (1, 'ada', 'ada', 'Ada Byron', true, false, 1, false, 'pt_BR', '2024-05-01'), (2, 'staged', 'staged', NULL, false, false, 0, true, NULL, '2024-05-01')`,
      `INSERT INTO users (id, username, username_lower, active, trust_level, suspended_till, updated_at) VALUES (3, 'bo', 'bo', true, 1, now() AT TIME ZONE 'UTC' + interval '1 hour', '2024-05-01'),
        (4, 'cy', 'cy', true, 1, now() AT TIME ZONE 'UTC' - interval '1 hour', '2024-05-01')`,
      `INSERT INTO user_emails (user_id, email, "primary") VALUES (1, 'other@example.org', false), (1, 'ada@example.org', true)`,
      `INSERT INTO user_passwords (user_id, password_hash, password_salt, password_algorithm, password_expired_at) VALUES (1, '${'5e'.repeat(32)}', '${'0a'.repeat(16)}', '$pbkdf2-sha256$i=600000,l=32$', NULL),
        (4, '${'5e'.repeat(32)}', '${'0a'.repeat(16)}', '$pbkdf2-sha256$i=600000,l=32$', '2024-05-01')`,
    ],
    username: 'ada',
    email: 'ada@example.org',
    name: 'Ada Byron',
    disabled: ['3'],
    withoutHash: ['3', '4'],
    keys: ['1', '3', '4'],
    hashed: 'discourse',
  },
  {
    template: 'magento',
    tables: {
      mysql: [
        'CREATE TABLE store_website (website_id smallint unsigned NOT NULL PRIMARY KEY)',
        `CREATE TABLE customer_entity (entity_id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, website_id smallint unsigned, email varchar(255), group_id smallint unsigned NOT NULL DEFAULT 0, increment_id varchar(50),
          store_id smallint unsigned DEFAULT 0, created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
          is_active smallint unsigned NOT NULL DEFAULT 1, firstname varchar(255), lastname varchar(255), password_hash varchar(128), confirmation varchar(64), failures_num smallint DEFAULT 0,
          first_failure timestamp NULL, lock_expires timestamp NULL, session_cutoff timestamp NULL, UNIQUE (email, website_id), KEY (store_id), KEY (firstname), KEY (lastname),
          FOREIGN KEY (website_id) REFERENCES store_website (website_id) ON DELETE SET NULL)`,
      ],
    },
    rows: [
      'INSERT INTO store_website VALUES (1)',
      `INSERT INTO customer_entity (website_id, email, is_active, firstname, lastname, password_hash) VALUES (1, 'Ada@example.org', 1, 'Ada', 'Byron', '13601bda4ea78e55a07b98866d2be6be0744e3866f13c00c811cab608a28f322:salt:1'),
        (1, 'bo@example.org', 0, 'Bo', NULL, NULL)`,
    ],
    username: 'Ada@example.org',
    email: 'ada@example.org',
    disabled: ['2'],
    keys: ['1', '2'],
  },
];
