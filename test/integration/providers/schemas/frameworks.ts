import { BCRYPT, type Published } from './published.ts';

const ASPNET_HASH = 'AQAAAAEAACcQAAAAEAABAgMEBQYHCAkKCwwNDg+yWU7rLgUwPZb1Itsmra7cbxw2EFpwpVFIEtP+JIuUEw==';
const ASPNET_ROW = `'5f1b', 'ada', 'ADA', 'ada@example.org', 'ADA@EXAMPLE.ORG', true, '${ASPNET_HASH}', 's', 'c', NULL, false, false, NULL, true, 0`;

/** Frameworks that sites are made with: Django 3 to 5, Laravel 8 to 12, Devise 4 on Rails 6 to 8, ASP.NET Core Identity 6 to 10. */
export const FRAMEWORKS: readonly Published[] = [
  {
    template: 'django',
    tables: {
      postgres: [
        `CREATE TABLE auth_user (id serial PRIMARY KEY, password varchar(128) NOT NULL, last_login timestamptz, is_superuser boolean NOT NULL, username varchar(150) NOT NULL UNIQUE,
          first_name varchar(150) NOT NULL, last_name varchar(150) NOT NULL, email varchar(254) NOT NULL, is_staff boolean NOT NULL, is_active boolean NOT NULL, date_joined timestamptz NOT NULL)`,
      ],
      mysql: [
        `CREATE TABLE auth_user (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, password varchar(128) NOT NULL, last_login datetime(6), is_superuser tinyint(1) NOT NULL, username varchar(150) NOT NULL UNIQUE,
          first_name varchar(150) NOT NULL, last_name varchar(150) NOT NULL, email varchar(254) NOT NULL, is_staff tinyint(1) NOT NULL, is_active tinyint(1) NOT NULL, date_joined datetime(6) NOT NULL)`,
      ],
      sqlite: [
        `CREATE TABLE auth_user (id integer NOT NULL PRIMARY KEY AUTOINCREMENT, password varchar(128) NOT NULL, last_login datetime NULL, is_superuser bool NOT NULL, username varchar(150) NOT NULL UNIQUE,
          first_name varchar(150) NOT NULL, last_name varchar(150) NOT NULL, email varchar(254) NOT NULL, is_staff bool NOT NULL, is_active bool NOT NULL, date_joined datetime NOT NULL)`,
      ],
    },
    rows: [
      `INSERT INTO auth_user (id, password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined) VALUES
        (1, '!', false, 'ada', 'Ada', 'Byron', 'ada@example.org', false, true, '2024-05-01 10:00:00'), (2, '!', false, 'bo', '', '', '', false, false, '2024-05-01 10:00:00')`,
    ],
    username: 'ada',
    email: 'ada@example.org',
    disabled: ['2'],
    keys: ['1', '2'],
  },
  {
    template: 'laravel',
    tables: {
      postgres: [
        `CREATE TABLE users (id bigserial PRIMARY KEY, name varchar(255) NOT NULL, email varchar(255) NOT NULL UNIQUE, email_verified_at timestamp(0), password varchar(255) NOT NULL,
          remember_token varchar(100), created_at timestamp(0), updated_at timestamp(0))`,
      ],
      mysql: [
        `CREATE TABLE users (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(255) NOT NULL, email varchar(255) NOT NULL UNIQUE, email_verified_at timestamp NULL, password varchar(255) NOT NULL,
          remember_token varchar(100), created_at timestamp NULL, updated_at timestamp NULL)`,
      ],
      sqlite: [
        `CREATE TABLE users (id integer PRIMARY KEY AUTOINCREMENT NOT NULL, name varchar NOT NULL, email varchar NOT NULL, email_verified_at datetime, password varchar NOT NULL,
          remember_token varchar, created_at datetime, updated_at datetime)`,
        `CREATE UNIQUE INDEX users_email_unique ON users (email)`,
      ],
    },
    rows: [
      `INSERT INTO users (id, name, email, password, created_at, updated_at) VALUES (1, 'Ada Byron', 'ada@example.org', '${BCRYPT}', '2024-05-01 10:00:00', '2024-05-01 10:00:00')`,
    ],
    username: 'ada@example.org',
    email: 'ada@example.org',
    name: 'Ada Byron',
    keys: ['1'],
  },
  {
    template: 'rails-devise',
    tables: {
      postgres: [
        `CREATE TABLE users (id bigserial PRIMARY KEY, email varchar DEFAULT '' NOT NULL, encrypted_password varchar DEFAULT '' NOT NULL, reset_password_token varchar, reset_password_sent_at timestamp,
          remember_created_at timestamp, created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL)`,
      ],
      mysql: [
        `CREATE TABLE users (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, email varchar(255) DEFAULT '' NOT NULL, encrypted_password varchar(255) DEFAULT '' NOT NULL, reset_password_token varchar(255),
          reset_password_sent_at datetime, remember_created_at datetime, created_at datetime(6) NOT NULL, updated_at datetime(6) NOT NULL)`,
      ],
      sqlite: [
        `CREATE TABLE users (id integer PRIMARY KEY AUTOINCREMENT NOT NULL, email varchar DEFAULT '' NOT NULL, encrypted_password varchar DEFAULT '' NOT NULL, reset_password_token varchar,
          reset_password_sent_at datetime, remember_created_at datetime, created_at datetime(6) NOT NULL, updated_at datetime(6) NOT NULL)`,
      ],
    },
    rows: [
      `INSERT INTO users (id, email, encrypted_password, created_at, updated_at) VALUES (1, 'ada@example.org', '${BCRYPT.replace('2y', '2a')}', '2024-05-01 10:00:00', '2024-05-01 10:00:00')`,
    ],
    username: 'ada@example.org',
    email: 'ada@example.org',
    keys: ['1'],
  },
  {
    template: 'aspnet-identity',
    tables: {
      postgres: [
        `CREATE TABLE "AspNetUsers" ("Id" text NOT NULL PRIMARY KEY, "UserName" varchar(256), "NormalizedUserName" varchar(256), "Email" varchar(256), "NormalizedEmail" varchar(256), "EmailConfirmed" boolean NOT NULL,
          "PasswordHash" text, "SecurityStamp" text, "ConcurrencyStamp" text, "PhoneNumber" varchar(256), "PhoneNumberConfirmed" boolean NOT NULL, "TwoFactorEnabled" boolean NOT NULL, "LockoutEnd" timestamptz,
          "LockoutEnabled" boolean NOT NULL, "AccessFailedCount" integer NOT NULL)`,
        `CREATE UNIQUE INDEX "UserNameIndex" ON "AspNetUsers" ("NormalizedUserName")`,
        `CREATE INDEX "EmailIndex" ON "AspNetUsers" ("NormalizedEmail")`,
        `INSERT INTO "AspNetUsers" VALUES (${ASPNET_ROW})`,
      ],
      mysql: [
        `CREATE TABLE AspNetUsers (Id varchar(255) NOT NULL PRIMARY KEY, UserName varchar(256), NormalizedUserName varchar(256), Email varchar(256), NormalizedEmail varchar(256), EmailConfirmed tinyint(1) NOT NULL,
          PasswordHash longtext, SecurityStamp longtext, ConcurrencyStamp longtext, PhoneNumber varchar(256), PhoneNumberConfirmed tinyint(1) NOT NULL, TwoFactorEnabled tinyint(1) NOT NULL, LockoutEnd datetime(6),
          LockoutEnabled tinyint(1) NOT NULL, AccessFailedCount int NOT NULL)`,
        `CREATE UNIQUE INDEX UserNameIndex ON AspNetUsers (NormalizedUserName)`,
        `CREATE INDEX EmailIndex ON AspNetUsers (NormalizedEmail)`,
        `INSERT INTO AspNetUsers VALUES (${ASPNET_ROW})`,
      ],
      sqlite: [
        `CREATE TABLE "AspNetUsers" ("Id" TEXT NOT NULL CONSTRAINT "PK_AspNetUsers" PRIMARY KEY, "UserName" TEXT NULL, "NormalizedUserName" TEXT NULL, "Email" TEXT NULL, "NormalizedEmail" TEXT NULL, "EmailConfirmed" INTEGER NOT NULL,
          "PasswordHash" TEXT NULL, "SecurityStamp" TEXT NULL, "ConcurrencyStamp" TEXT NULL, "PhoneNumber" TEXT NULL, "PhoneNumberConfirmed" INTEGER NOT NULL, "TwoFactorEnabled" INTEGER NOT NULL, "LockoutEnd" TEXT NULL,
          "LockoutEnabled" INTEGER NOT NULL, "AccessFailedCount" INTEGER NOT NULL)`,
        `CREATE UNIQUE INDEX "UserNameIndex" ON "AspNetUsers" ("NormalizedUserName")`,
        `CREATE INDEX "EmailIndex" ON "AspNetUsers" ("NormalizedEmail")`,
        `INSERT INTO "AspNetUsers" VALUES (${ASPNET_ROW})`,
      ],
    },
    rows: [],
    username: 'ada',
    email: 'ada@example.org',
    keys: ['5f1b'],
  },
];
