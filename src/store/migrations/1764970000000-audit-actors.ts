import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What one operator or token did, found without reading the whole log. */
export class AuditActors1764970000000 implements MigrationInterface {
  readonly name = 'AuditActors1764970000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX audit_entries_actor ON audit_entries (actor, seq)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX audit_entries_actor');
  }
}
