import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a column holds that is compared where hashes are not read. */
export class Compared1764600000000 implements MigrationInterface {
  readonly name = 'Compared1764600000000';

  async up(runner: QueryRunner): Promise<void> {
    // compared: as it was seen last. advanced: as our last write left it, or was about to when its answer was lost.
    await runner.query('ALTER TABLE links ADD COLUMN compared text, ADD COLUMN advanced text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE links DROP COLUMN compared, DROP COLUMN advanced');
  }
}
