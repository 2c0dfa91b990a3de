import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Providers, profiles, links, credentials, tokens and sessions; runs and their plans; outbox, e-mails and write-backs; timeline and audit. */
export class Initial1764000000000 implements MigrationInterface {
  readonly name = 'Initial1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...directory, ...access, ...runs, ...effects, ...history])
      await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables.toReversed()) await runner.query(`DROP TABLE ${table}`);
    await runner.query('DROP FUNCTION outbox_wake(), audit_refuse()');
  }
}

const tables = [
  'providers',
  'profiles',
  'links',
  'credentials',
  'sessions',
  'action_tokens',
  'sign_in_attempts',
  'runs',
  'run_seen',
  'run_records',
  'run_errors',
  'outbox',
  'emails',
  'write_backs',
  'profile_events',
  'audit_entries',
];

const directory = [
  `CREATE TABLE providers (
    id uuid PRIMARY KEY,
    name text NOT NULL UNIQUE,
    connector text NOT NULL,
    definition jsonb NOT NULL,
    password bytea,
    version integer NOT NULL DEFAULT 1,
    checkpoint text,
    paused_at timestamptz,
    last_error_code text,
    last_error text,
    last_error_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  // username_key and email_key are canonical forms; email_claim equals email_key unless addresses may be shared.
  `CREATE TABLE profiles (
    id uuid PRIMARY KEY,
    provider_id uuid REFERENCES providers,
    username text NOT NULL,
    username_key text NOT NULL,
    email text,
    email_key text,
    email_claim text,
    given_name text,
    family_name text,
    display_name text,
    locale text,
    attributes jsonb NOT NULL DEFAULT '{}',
    enabled boolean NOT NULL DEFAULT true,
    disabled_reason text CHECK (disabled_reason IN ('source', 'gone', 'operator')),
    force_reset boolean NOT NULL DEFAULT false,
    pre_registration boolean NOT NULL DEFAULT false,
    email_undeliverable_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (enabled = (disabled_reason IS NULL))
  )`,
  'CREATE UNIQUE INDEX profiles_username_key ON profiles (username_key)',
  'CREATE UNIQUE INDEX profiles_email_claim ON profiles (email_claim)',
  'CREATE INDEX profiles_email_key ON profiles (email_key)',
  'CREATE INDEX profiles_provider ON profiles (provider_id, id)',
  `CREATE TABLE links (
    id uuid PRIMARY KEY,
    provider_id uuid NOT NULL REFERENCES providers,
    record_key text COLLATE "C" NOT NULL,
    profile_id uuid NOT NULL REFERENCES profiles ON DELETE CASCADE,
    fingerprint bytea NOT NULL,
    mapped_by text NOT NULL,
    seen_force_reset boolean,
    seen_pre_registration boolean,
    gone_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  'CREATE UNIQUE INDEX links_record ON links (provider_id, record_key)',
  'CREATE UNIQUE INDEX links_profile ON links (profile_id)',
  'CREATE INDEX links_gone ON links (gone_at) WHERE gone_at IS NOT NULL',
];

const access = [
  // effective: whose hash a sign-in is checked against. provider_hash and local_hash are sealed.
  `CREATE TABLE credentials (
    profile_id uuid PRIMARY KEY REFERENCES profiles ON DELETE CASCADE,
    effective text NOT NULL DEFAULT 'none' CHECK (effective IN ('none', 'local', 'provider')),
    local_hash bytea,
    provider_hash bytea,
    password_version integer NOT NULL DEFAULT 0,
    set_at timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE sessions (
    id uuid PRIMARY KEY,
    token_hash bytea NOT NULL UNIQUE,
    profile_id uuid NOT NULL REFERENCES profiles ON DELETE CASCADE,
    address text,
    user_agent text,
    created_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
  )`,
  'CREATE INDEX sessions_profile ON sessions (profile_id)',
  'CREATE INDEX sessions_expiry ON sessions (expires_at)',
  `CREATE TABLE action_tokens (
    id uuid PRIMARY KEY,
    purpose text NOT NULL CHECK (purpose IN ('first-password', 'reset-password', 'change-password')),
    profile_id uuid NOT NULL REFERENCES profiles ON DELETE CASCADE,
    token_hash bytea NOT NULL UNIQUE,
    password_version integer NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  'CREATE INDEX action_tokens_profile ON action_tokens (profile_id, purpose)',
  `CREATE TABLE sign_in_attempts (
    key text PRIMARY KEY,
    failures integer NOT NULL,
    last_at timestamptz NOT NULL DEFAULT now(),
    blocked_until timestamptz
  )`,
];

const runs = [
  // tick: the scheduled moment this run stands for, so that any number of schedulers make one run.
  `CREATE TABLE runs (
    id uuid PRIMARY KEY,
    provider_id uuid NOT NULL REFERENCES providers ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('full', 'delta', 'stream', 'record')),
    dry_run boolean NOT NULL DEFAULT false,
    record_key text,
    replay_of uuid REFERENCES runs ON DELETE CASCADE,
    cause jsonb NOT NULL,
    tick timestamptz,
    definition_version integer NOT NULL,
    state text NOT NULL DEFAULT 'queued'
      CHECK (state IN ('queued', 'planning', 'held', 'applying', 'done', 'failed', 'rejected')),
    counters jsonb NOT NULL DEFAULT '{}',
    expected integer,
    planned boolean NOT NULL DEFAULT true,
    position text,
    plan_hash text,
    held_reasons jsonb,
    decided_by text,
    error_code text,
    error text,
    lease_owner uuid,
    lease_until timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
  )`,
  'CREATE INDEX runs_provider ON runs (provider_id, created_at DESC)',
  'CREATE UNIQUE INDEX runs_tick ON runs (provider_id, kind, tick) WHERE tick IS NOT NULL',
  // One run per provider at a time, across all workers. One person's record may be resynced meanwhile.
  `CREATE UNIQUE INDEX runs_one_at_a_time ON runs (provider_id)
    WHERE kind <> 'record' AND state IN ('planning', 'held', 'applying')`,
  `CREATE TABLE run_seen (
    run_id uuid NOT NULL REFERENCES runs ON DELETE CASCADE,
    record_key text COLLATE "C" NOT NULL,
    PRIMARY KEY (run_id, record_key)
  )`,
  `CREATE TABLE run_records (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id uuid NOT NULL REFERENCES runs ON DELETE CASCADE,
    record_key text COLLATE "C" NOT NULL,
    action text NOT NULL CHECK (action IN ('create', 'link', 'update', 'return', 'disable')),
    profile_id uuid,
    changes jsonb NOT NULL DEFAULT '{}',
    state text NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'applied', 'skipped', 'error')),
    UNIQUE (run_id, record_key)
  )`,
  `CREATE INDEX run_records_planned ON run_records (run_id, id) WHERE state = 'planned'`,
  `CREATE TABLE run_errors (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id uuid NOT NULL REFERENCES runs ON DELETE CASCADE,
    record_key text COLLATE "C" NOT NULL,
    field text NOT NULL,
    code text NOT NULL,
    message text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    resolved_at timestamptz,
    UNIQUE (run_id, record_key, field, code)
  )`,
];

const effects = [
  // subject_id: the run, e-mail or write-back to carry out. Queue payloads hold this row's id and nothing else.
  `CREATE TABLE outbox (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('run', 'email', 'write-back')),
    subject_id uuid NOT NULL,
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'failed', 'cancelled')),
    available_at timestamptz NOT NULL DEFAULT now(),
    relayed_at timestamptz,
    relays integer NOT NULL DEFAULT 0,
    attempts integer NOT NULL DEFAULT 0,
    lease_owner uuid,
    lease_until timestamptz,
    error_code text,
    error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
  )`,
  `CREATE INDEX outbox_pending ON outbox (available_at) WHERE state = 'pending'`,
  'CREATE UNIQUE INDEX outbox_subject ON outbox (kind, subject_id)',
  `CREATE FUNCTION outbox_wake() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_notify('tributary_outbox', ''); RETURN NULL; END $$`,
  'CREATE TRIGGER outbox_wake AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION outbox_wake()',
  `CREATE TABLE emails (
    id uuid PRIMARY KEY,
    profile_id uuid NOT NULL REFERENCES profiles ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('registration', 'password-set', 'password-reset')),
    state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'undeliverable', 'failed', 'cancelled')),
    token_id uuid REFERENCES action_tokens ON DELETE SET NULL,
    recipient text,
    attempts integer NOT NULL DEFAULT 0,
    cause jsonb NOT NULL,
    error_code text,
    error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    sent_at timestamptz
  )`,
  'CREATE INDEX emails_profile ON emails (profile_id, created_at DESC)',
  'CREATE INDEX emails_state ON emails (state, created_at DESC)',
  // hash and expected are sealed: the provider's own format, ready to be written.
  `CREATE TABLE write_backs (
    id uuid PRIMARY KEY,
    provider_id uuid NOT NULL REFERENCES providers ON DELETE CASCADE,
    profile_id uuid NOT NULL REFERENCES profiles ON DELETE CASCADE,
    record_key text NOT NULL,
    hash bytea,
    expected bytea,
    state text NOT NULL DEFAULT 'pending'
      CHECK (state IN ('pending', 'written', 'missing', 'conflict', 'superseded', 'failed')),
    attempts integer NOT NULL DEFAULT 0,
    error_code text,
    error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
  )`,
  'CREATE INDEX write_backs_profile ON write_backs (profile_id, created_at DESC)',
  `CREATE INDEX write_backs_open ON write_backs (created_at) WHERE state IN ('pending', 'failed', 'conflict', 'missing')`,
];

const history = [
  `CREATE TABLE profile_events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    profile_id uuid NOT NULL REFERENCES profiles ON DELETE CASCADE,
    at timestamptz NOT NULL DEFAULT now(),
    kind text NOT NULL,
    cause jsonb NOT NULL,
    detail jsonb NOT NULL DEFAULT '{}'
  )`,
  'CREATE INDEX profile_events_profile ON profile_events (profile_id, id)',
  `CREATE TABLE audit_entries (
    seq bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    detail jsonb NOT NULL DEFAULT '{}',
    chain bytea NOT NULL
  )`,
  `CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$`,
  `CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()`,
];
