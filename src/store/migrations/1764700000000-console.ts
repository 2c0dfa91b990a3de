import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where an operator gets test e-mails, and what the overview is read by. */
export class Console1764700000000 implements MigrationInterface {
  readonly name = 'Console1764700000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of ['runs_finished', 'write_backs_written', 'outbox_failed'])
      await runner.query(`DROP INDEX ${index}`);
    await runner.query('ALTER TABLE operators DROP COLUMN email');
  }
}

const statements = [
  'ALTER TABLE operators ADD COLUMN email text',
  'CREATE INDEX runs_finished ON runs (finished_at) WHERE finished_at IS NOT NULL AND NOT dry_run',
  `CREATE INDEX write_backs_written ON write_backs (finished_at) WHERE state = 'written'`,
  `CREATE INDEX outbox_failed ON outbox (created_at, id) WHERE state = 'failed'`,
];
