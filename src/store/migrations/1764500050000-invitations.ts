import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Invitations that are held back, and the filters of people that must stay fast among a million. */
export class Invitations1764500050000 implements MigrationInterface {
  readonly name = 'Invitations1764500050000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of indexes) await runner.query(`DROP INDEX ${index}`);
    // What was held was never sent: nobody sends it after this.
    await runner.query(`UPDATE emails SET state = 'cancelled' WHERE state = 'held'`);
    await runner.query('ALTER TABLE emails DROP CONSTRAINT emails_state_check');
    await runner.query(
      `ALTER TABLE emails ADD CONSTRAINT emails_state_check
         CHECK (state IN ('queued', 'sent', 'undeliverable', 'failed', 'cancelled'))`,
    );
  }
}

const indexes = ['profiles_waiting', 'profiles_resetting', 'profiles_unreachable', 'emails_held'];

const statements = [
  'ALTER TABLE emails DROP CONSTRAINT emails_state_check',
  `ALTER TABLE emails ADD CONSTRAINT emails_state_check
     CHECK (state IN ('held', 'queued', 'sent', 'undeliverable', 'failed', 'cancelled'))`,
  'CREATE INDEX profiles_waiting ON profiles (username_key) WHERE pre_registration',
  'CREATE INDEX profiles_resetting ON profiles (username_key) WHERE force_reset',
  'CREATE INDEX profiles_unreachable ON profiles (username_key) WHERE email_undeliverable_at IS NOT NULL',
  `CREATE INDEX emails_held ON emails (profile_id) WHERE state = 'held'`,
];
