import type { AppContext } from '../src/app/context.ts';

/**
 * Fills a store with people of one provider, `big`: 500 given names and 2,000 family
 * names, so that a whole name is shared by one or two people; every fiftieth is disabled.
 *
 * @param count how many; 1,000,000 take some two minutes.
 */
export async function fillWithPeople({ store }: Pick<AppContext, 'store'>, count: number): Promise<void> {
  const { read } = store;
  await read.query('SET statement_timeout = 0');
  await read.query(
    `INSERT INTO providers (id, name, connector, definition) VALUES ('00000000-0000-7000-8000-000000000001', 'big', 'postgres', '{}')`,
  );
  for (let first = 1; first <= count; first += 100_000)
    await read.query(
      `WITH people AS (
         SELECT n, (lpad(to_hex(n), 8, '0') || '-0000-7000-8000-000000000000')::uuid AS id,
                'Given' || chr(97 + n % 26) || n % 500 AS given, 'Family' || chr(97 + n % 26) || (n / 500) % 2000 AS family
         FROM generate_series($1::int, $2::int) n),
       entered AS (
         INSERT INTO profiles (id, provider_id, username, username_key, email, email_key, email_claim, given_name, family_name, enabled, disabled_reason)
         SELECT id, '00000000-0000-7000-8000-000000000001', 'user' || n, 'user' || n, lower(given || '.' || family || n) || '@example.org',
                lower(given || '.' || family || n) || '@example.org', lower(given || '.' || family || n) || '@example.org',
                given, family, n % 50 <> 0, CASE WHEN n % 50 = 0 THEN 'source' END
         FROM people)
       INSERT INTO links (id, provider_id, record_key, profile_id, fingerprint, mapped_by)
       SELECT id, '00000000-0000-7000-8000-000000000001', n::text, id, '\\x00', 'bench' FROM people`,
      [first, Math.min(first + 99_999, count)],
    );
  await read.query('VACUUM ANALYZE profiles');
  await read.query('ANALYZE links');
}

/**
 * Half of the people wait for a first password, and almost everybody was sent a link some time: half of
 * those links are good, a twentieth of the e-mails is held, under way, bounced, given up or cancelled.
 * Nobody's link is `used` while they wait, so that looking for one finds nobody.
 *
 * @param count of {@link fillWithPeople}; 1,000,000 take two minutes more.
 */
export async function fillWithInvitations(
  { store }: Pick<AppContext, 'store'>,
  count: number,
): Promise<void> {
  const { read } = store;
  await read.query('SET statement_timeout = 0');
  const invited = 'SELECT (lpad(to_hex(n), 8, $$0$$) || $$-0000-7000-8000-000000000000$$)::uuid AS id, n';
  await read.query('UPDATE profiles SET pre_registration = true WHERE get_byte(uuid_send(id), 3) % 2 = 0');
  for (let first = 1; first <= count; first += 100_000) {
    const some = [first, Math.min(first + 99_999, count)];
    await read.query(
      `WITH people AS (${invited} FROM generate_series($1::int, $2::int) n WHERE n % 20 <> 0),
         tokens AS (
           INSERT INTO action_tokens (id, purpose, profile_id, token_hash, password_version, expires_at, used_at)
           SELECT id, 'first-password', id, decode(md5(n::text), 'hex'), 0, now() + make_interval(hours => n % 100 - 50),
                  CASE WHEN n % 2 = 1 THEN now() END FROM people)
       INSERT INTO emails (id, profile_id, kind, state, token_id, cause, created_at, sent_at)
       SELECT id, id, 'registration', 'sent', id, '{}', now() - make_interval(secs => n), now() - make_interval(secs => n) FROM people`,
      some,
    );
    await read.query(
      `WITH people AS (${invited} FROM generate_series($1::int, $2::int) n WHERE n % 20 = 0)
       INSERT INTO emails (id, profile_id, kind, state, cause, created_at)
       SELECT id, id, 'registration', (ARRAY['held', 'queued', 'undeliverable', 'failed', 'cancelled'])[1 + n / 20 % 5], '{}',
              now() - make_interval(secs => n) FROM people`,
      some,
    );
  }
  await read.query('VACUUM ANALYZE');
}
