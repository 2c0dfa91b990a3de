import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What lists, filters and clean-ups are read by, so that none of them walks a table of a million. */
export class LongLists1764960000001 implements MigrationInterface {
  readonly name = 'LongLists1764960000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX emails_state');
    // Runs are listed provider by provider. By this one, the latest run of a provider that has none is looked for among all others.
    await runner.query('DROP INDEX runs_created');
    for (const [name, on] of indexes) await runner.query(`CREATE INDEX ${name} ON ${on}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [name] of indexes) await runner.query(`DROP INDEX ${name}`);
    await runner.query('CREATE INDEX runs_created ON runs (created_at, id)');
    await runner.query('CREATE INDEX emails_state ON emails (state, created_at DESC)');
  }
}

const indexes: readonly (readonly [name: string, on: string])[] = [
  ['profiles_disabled', 'profiles (username_key) WHERE NOT enabled'],
  ['emails_sent', `emails (sent_at, kind) WHERE state = 'sent'`],
  // With the id: thousands are asked for at the same moment.
  ['emails_state', 'emails (state, created_at DESC, id DESC)'],
  // A token that is removed is looked for in every e-mail otherwise; likewise a run in every run.
  ['emails_token', 'emails (token_id) WHERE token_id IS NOT NULL'],
  ['action_tokens_expiry', 'action_tokens (expires_at)'],
  ['runs_replay', 'runs (replay_of) WHERE replay_of IS NOT NULL'],
  ['runs_undone', `runs (provider_id, state, created_at DESC, id DESC) WHERE state <> 'done'`],
  ['runs_full', `runs (provider_id, created_at DESC) WHERE kind = 'full' AND NOT dry_run AND state = 'done'`],
  ['write_backs_provider', 'write_backs (provider_id, created_at, id)'],
  ['outbox_waiting', `outbox (kind, created_at DESC, id DESC) WHERE state = 'pending'`],
];
