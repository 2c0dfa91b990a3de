import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which installation key the audit log is chained with, and those it was chained with before. */
export class Keys1764900000000 implements MigrationInterface {
  readonly name = 'Keys1764900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE audit_head ADD COLUMN key_id text');
    await runner.query(`CREATE TABLE audit_keys (
      key_id text PRIMARY KEY,
      key bytea,
      retired_at timestamptz NOT NULL DEFAULT now()
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_keys');
    await runner.query('ALTER TABLE audit_head DROP COLUMN key_id');
  }
}
