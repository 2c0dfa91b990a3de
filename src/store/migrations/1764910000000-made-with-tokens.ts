import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which token made a token or a link, and by whose link an operator got in: what ends with a token is found by it. */
export class MadeWithTokens1764910000000 implements MigrationInterface {
  readonly name = 'MadeWithTokens1764910000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  'ALTER TABLE api_tokens ADD made_with uuid REFERENCES api_tokens ON DELETE SET NULL',
  'CREATE INDEX api_tokens_made_with ON api_tokens (made_with) WHERE made_with IS NOT NULL',
  // Both null: made at the command line, or before there were these columns.
  'ALTER TABLE operator_links ADD made_by uuid REFERENCES operators ON DELETE SET NULL',
  'ALTER TABLE operator_links ADD made_with uuid REFERENCES api_tokens ON DELETE SET NULL',
  // The token that made the link by which the operator chose their password last; null: none did.
  'ALTER TABLE operators ADD let_in_with uuid REFERENCES api_tokens ON DELETE SET NULL',
];
const DOWN = [
  'ALTER TABLE operators DROP let_in_with',
  'ALTER TABLE operator_links DROP made_with, DROP made_by',
  'ALTER TABLE api_tokens DROP made_with',
];
