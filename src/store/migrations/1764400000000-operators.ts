import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Operators, their sessions, links and recovery codes; API tokens; answers remembered by key; the sealed end of the audit log. */
export class Operators1764400000000 implements MigrationInterface {
  readonly name = 'Operators1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables.toReversed()) await runner.query(`DROP TABLE ${table}`);
  }
}

const tables = [
  'operators',
  'operator_links',
  'operator_sessions',
  'operator_recovery_codes',
  'api_tokens',
  'idempotency_keys',
  'audit_head',
];

const statements = [
  // password and second_factor are sealed. second_factor_since: null while it waits to be proven once.
  `CREATE TABLE operators (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    name_key text NOT NULL UNIQUE,
    role text NOT NULL CHECK (role IN ('admin', 'support', 'viewer')),
    password bytea,
    password_set_at timestamptz,
    second_factor bytea,
    second_factor_since timestamptz,
    second_factor_step bigint,
    last_sign_in_at timestamptz,
    disabled_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  // operator_id null: the link of the first start, good for making the first operator.
  `CREATE TABLE operator_links (
    id uuid PRIMARY KEY,
    operator_id uuid REFERENCES operators ON DELETE CASCADE,
    token_hash bytea NOT NULL UNIQUE,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE operator_sessions (
    id uuid PRIMARY KEY,
    operator_id uuid NOT NULL REFERENCES operators ON DELETE CASCADE,
    token_hash bytea NOT NULL UNIQUE,
    address text,
    user_agent text,
    created_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
  )`,
  'CREATE INDEX operator_sessions_operator ON operator_sessions (operator_id)',
  `CREATE TABLE operator_recovery_codes (
    operator_id uuid NOT NULL REFERENCES operators ON DELETE CASCADE,
    code_hash bytea NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (operator_id, code_hash)
  )`,
  // operator_id null: made at the command line.
  `CREATE TABLE api_tokens (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    token_hash bytea NOT NULL UNIQUE,
    scopes text[] NOT NULL,
    operator_id uuid REFERENCES operators ON DELETE CASCADE,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz
  )`,
  'CREATE UNIQUE INDEX api_tokens_name ON api_tokens (name) WHERE revoked_at IS NULL',
  // status null: the request is under way, and held by the transaction or lease of whoever carries it out.
  `CREATE TABLE idempotency_keys (
    caller text NOT NULL,
    key text NOT NULL,
    request_hash bytea NOT NULL,
    status integer,
    headers jsonb,
    body text,
    created_at timestamptz NOT NULL DEFAULT now(),
    lease_until timestamptz NOT NULL,
    PRIMARY KEY (caller, key)
  )`,
  'CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at)',
  // seal null: entries from before there was a head; the next entry seals it.
  `CREATE TABLE audit_head (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    seq bigint NOT NULL,
    seal bytea
  )`,
  `INSERT INTO audit_head (seq, seal) SELECT coalesce(max(seq), 0), NULL FROM audit_entries`,
];
