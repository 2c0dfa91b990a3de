import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Learning of changes: positions of runs, digests, followers of streams, what is pushed to us, and a timeline of each provider. */
export class Changes1764200000000 implements MigrationInterface {
  readonly name = 'Changes1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...runs, ...followers, ...pushed]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables.toReversed()) await runner.query(`DROP TABLE ${table}`);
    await runner.query('ALTER TABLE runs DROP COLUMN phase, DROP COLUMN checkpoint, DROP COLUMN buckets');
  }
}

const tables = [
  'run_digests',
  'followers',
  'provider_events',
  'push_endpoints',
  'pushed_records',
  'pushed_changes',
  'pushed_ids',
];

const runs = [
  // phase: what the planning of this run is at. checkpoint: where the provider stands once the run is done.
  `ALTER TABLE runs ADD COLUMN phase text CHECK (phase IN ('pages', 'digests', 'buckets', 'staging', 'keys')),
    ADD COLUMN checkpoint text, ADD COLUMN buckets integer`,
  `CREATE INDEX runs_window ON runs (provider_id, finished_at) WHERE kind IN ('delta', 'stream')`,
  `CREATE TABLE run_digests (
    run_id uuid NOT NULL REFERENCES runs ON DELETE CASCADE,
    bucket integer NOT NULL,
    records bigint NOT NULL,
    xor bit(128) NOT NULL,
    differs boolean NOT NULL DEFAULT true,
    PRIMARY KEY (run_id, bucket)
  )`,
];

const followers = [
  // One row for each provider whose changes are streamed. The lease says which process follows it.
  `CREATE TABLE followers (
    provider_id uuid PRIMARY KEY REFERENCES providers ON DELETE CASCADE,
    owner uuid,
    lease_until timestamptz,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('following', 'waiting', 'failing')),
    reason text,
    attempts integer NOT NULL DEFAULT 0,
    behind_since timestamptz,
    moved_at timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE provider_events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    provider_id uuid NOT NULL REFERENCES providers ON DELETE CASCADE,
    at timestamptz NOT NULL DEFAULT now(),
    kind text NOT NULL,
    cause jsonb NOT NULL,
    detail jsonb NOT NULL DEFAULT '{}'
  )`,
  'CREATE INDEX provider_events_provider ON provider_events (provider_id, id)',
];

const pushed = [
  // key, old_key and the values of records are sealed.
  `CREATE TABLE push_endpoints (
    provider_id uuid PRIMARY KEY REFERENCES providers ON DELETE CASCADE,
    key bytea NOT NULL,
    old_key bytea,
    old_key_until timestamptz,
    set_id text,
    set_begun_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE pushed_records (
    provider_id uuid NOT NULL REFERENCES providers ON DELETE CASCADE,
    record_key text COLLATE "C" NOT NULL,
    record bytea NOT NULL,
    set_id text,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (provider_id, record_key)
  )`,
  // Keys in the order in which posts were taken; a post holds the endpoint's row, so that ids are in commit order.
  `CREATE TABLE pushed_changes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    provider_id uuid NOT NULL REFERENCES providers ON DELETE CASCADE,
    record_key text COLLATE "C" NOT NULL
  )`,
  'CREATE INDEX pushed_changes_provider ON pushed_changes (provider_id, id)',
  `CREATE TABLE pushed_ids (
    provider_id uuid NOT NULL REFERENCES providers ON DELETE CASCADE,
    webhook_id text NOT NULL,
    body_digest bytea NOT NULL,
    answer jsonb NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (provider_id, webhook_id)
  )`,
  'CREATE INDEX pushed_ids_received ON pushed_ids (received_at)',
];
