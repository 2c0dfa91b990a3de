import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was done to one person or thing, found without reading the whole log. */
export class AuditSubjects1764800000000 implements MigrationInterface {
  readonly name = 'AuditSubjects1764800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX audit_entries_subject ON audit_entries (subject, seq)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX audit_entries_subject');
  }
}
