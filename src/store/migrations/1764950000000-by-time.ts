import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists by time, from either end, without sorting the whole table. */
export class ByTime1764950000000 implements MigrationInterface {
  readonly name = 'ByTime1764950000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['runs', 'emails', 'write_backs'])
      await runner.query(`CREATE INDEX ${table}_created ON ${table} (created_at, id)`);
    await runner.query('CREATE INDEX runs_provider_created ON runs (provider_id, created_at, id)');
    await runner.query('DROP INDEX runs_provider');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX runs_provider ON runs (provider_id, created_at DESC)');
    await runner.query('DROP INDEX runs_provider_created');
    for (const table of ['runs', 'emails', 'write_backs']) await runner.query(`DROP INDEX ${table}_created`);
  }
}
