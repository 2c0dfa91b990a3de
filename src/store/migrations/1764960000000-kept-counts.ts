import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many people a provider has, and how the invitations of those stand who wait for a first password: kept, so that nobody counts a million. */
export class KeptCounts1764960000000 implements MigrationInterface {
  readonly name = 'KeptCounts1764960000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...counts, ...invitations, ...triggers, ...present])
      await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [name, table] of made) await runner.query(`DROP TRIGGER ${name} ON ${table}`);
    for (const name of functions) await runner.query(`DROP FUNCTION ${name}`);
    await runner.query('DROP TABLE invitations, provider_counts');
    await runner.query(`CREATE INDEX emails_held ON emails (profile_id) WHERE state = 'held'`);
  }
}

const counts = [
  // Rows are differences, and their sum is the count. They are only ever added, so that two who change people of
  // one provider never wait for each other; `fold-counts.ts` adds them up now and then.
  `CREATE TABLE provider_counts (
    provider_id uuid NOT NULL,
    linked integer NOT NULL DEFAULT 0,
    enabled integer NOT NULL DEFAULT 0,
    gone integer NOT NULL DEFAULT 0
  )`,
  'CREATE INDEX provider_counts_provider ON provider_counts (provider_id)',
  `CREATE FUNCTION links_count() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF TG_OP = 'INSERT' THEN
       INSERT INTO provider_counts (provider_id, linked, gone)
       SELECT provider_id, count(*), count(gone_at) FROM new_rows GROUP BY provider_id;
     ELSIF TG_OP = 'DELETE' THEN
       INSERT INTO provider_counts (provider_id, linked, gone)
       SELECT provider_id, -count(*), -count(gone_at) FROM old_rows GROUP BY provider_id;
     ELSE
       INSERT INTO provider_counts (provider_id, linked, gone)
       SELECT provider_id, sum(linked), sum(gone) FROM (
         SELECT provider_id, 1 AS linked, (gone_at IS NOT NULL)::int AS gone FROM new_rows
         UNION ALL SELECT provider_id, -1, -(gone_at IS NOT NULL)::int FROM old_rows) change
       GROUP BY provider_id HAVING sum(linked) <> 0 OR sum(gone) <> 0;
     END IF;
     RETURN NULL;
   END $$`,
  // Whoever has a provider is linked to a record of it.
  `CREATE FUNCTION profiles_count() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF TG_OP = 'INSERT' THEN
       INSERT INTO provider_counts (provider_id, enabled)
       SELECT provider_id, count(*) FROM new_rows WHERE enabled AND provider_id IS NOT NULL GROUP BY provider_id;
     ELSIF TG_OP = 'DELETE' THEN
       INSERT INTO provider_counts (provider_id, enabled)
       SELECT provider_id, -count(*) FROM old_rows WHERE enabled AND provider_id IS NOT NULL GROUP BY provider_id;
     ELSE
       INSERT INTO provider_counts (provider_id, enabled)
       SELECT provider_id, sum(change) FROM (
         SELECT provider_id, 1 AS change FROM new_rows WHERE enabled
         UNION ALL SELECT provider_id, -1 FROM old_rows WHERE enabled) changed
       WHERE provider_id IS NOT NULL GROUP BY provider_id HAVING sum(change) <> 0;
     END IF;
     RETURN NULL;
   END $$`,
];

/** Of one person: what `invitation-state.ts` works out, except that the link's end is kept instead of whether it has passed. */
const PRESENT = `
  SELECT profile.id, profile.pre_registration AS waiting, profile.enabled, latest.state, latest.valid_until
  FROM profiles profile LEFT JOIN LATERAL (
    SELECT CASE WHEN token.used_at IS NOT NULL THEN 'used' ELSE email.state END AS state,
           CASE WHEN email.state = 'sent' AND token.used_at IS NULL
                THEN coalesce(token.expires_at, '-infinity') END AS valid_until
    FROM emails email LEFT JOIN action_tokens token ON token.id = email.token_id
    WHERE email.profile_id = profile.id AND email.kind = 'registration'
    ORDER BY email.created_at DESC, email.id DESC LIMIT 1) latest ON profile.pre_registration`;

const invitations = [
  // waiting: for a first password. state: of the latest registration e-mail, or `used`; null without one. valid_until: of
  // the link of one that was sent. When the waiting is over the row stays, and says nothing of the e-mail.
  `CREATE TABLE invitations (
    profile_id uuid PRIMARY KEY REFERENCES profiles ON DELETE CASCADE,
    waiting boolean NOT NULL,
    enabled boolean NOT NULL,
    state text,
    valid_until timestamptz
  )`,
  'CREATE INDEX invitations_waiting ON invitations (state, valid_until, enabled) WHERE waiting',
  'DROP INDEX emails_held',
  // The rows are locked before anything is looked at: of two who change the same person, the second sees what the first did.
  `CREATE FUNCTION invitations_refresh(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
   BEGIN
     IF cardinality(ids) = 0 THEN RETURN; END IF;
     INSERT INTO invitations (profile_id, waiting, enabled)
     SELECT id, pre_registration, enabled FROM profiles WHERE id = ANY (ids) ORDER BY id ON CONFLICT DO NOTHING;
     PERFORM FROM invitations WHERE profile_id = ANY (ids) ORDER BY profile_id FOR NO KEY UPDATE;
     UPDATE invitations kept
     SET waiting = present.waiting, enabled = present.enabled, state = present.state, valid_until = present.valid_until
     FROM (${PRESENT} WHERE profile.id = ANY (ids)) present
     WHERE kept.profile_id = present.id
       AND (kept.waiting, kept.enabled, kept.state, kept.valid_until)
           IS DISTINCT FROM (present.waiting, present.enabled, present.state, present.valid_until);
   END $$`,
  `CREATE FUNCTION profiles_invitations() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF TG_OP = 'INSERT' THEN
       INSERT INTO invitations (profile_id, waiting, enabled)
       SELECT id, true, enabled FROM new_rows WHERE pre_registration;
     ELSE
       PERFORM invitations_refresh(ARRAY(
         SELECT id FROM new_rows JOIN old_rows USING (id)
         WHERE (new_rows.pre_registration, new_rows.enabled) <> (old_rows.pre_registration, old_rows.enabled)
           AND (new_rows.pre_registration OR old_rows.pre_registration)));
     END IF;
     RETURN NULL;
   END $$`,
  `CREATE FUNCTION emails_invitations() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF TG_OP = 'INSERT' THEN
       PERFORM invitations_refresh(ARRAY(
         SELECT DISTINCT profile_id FROM new_rows WHERE kind = 'registration'));
     ELSE
       PERFORM invitations_refresh(ARRAY(
         SELECT DISTINCT new_rows.profile_id FROM new_rows JOIN old_rows USING (id)
         WHERE new_rows.kind = 'registration'
           AND (new_rows.state, new_rows.token_id) IS DISTINCT FROM (old_rows.state, old_rows.token_id)));
     END IF;
     RETURN NULL;
   END $$`,
  `CREATE FUNCTION action_tokens_invitations() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     PERFORM invitations_refresh(ARRAY(
       SELECT DISTINCT new_rows.profile_id FROM new_rows JOIN old_rows USING (id)
       WHERE new_rows.purpose = 'first-password'
         AND (new_rows.expires_at, new_rows.used_at) IS DISTINCT FROM (old_rows.expires_at, old_rows.used_at)));
     RETURN NULL;
   END $$`,
];

const ROWS = {
  INSERT: 'NEW TABLE AS new_rows',
  UPDATE: 'OLD TABLE AS old_rows NEW TABLE AS new_rows',
  DELETE: 'OLD TABLE AS old_rows',
} as const;

type Event = keyof typeof ROWS;

const followed: readonly (readonly [name: string, table: string, events: readonly Event[]])[] = [
  ['links_count', 'links', ['INSERT', 'UPDATE', 'DELETE']],
  ['profiles_count', 'profiles', ['INSERT', 'UPDATE', 'DELETE']],
  ['profiles_invitations', 'profiles', ['INSERT', 'UPDATE']],
  ['emails_invitations', 'emails', ['INSERT', 'UPDATE']],
  ['action_tokens_invitations', 'action_tokens', ['UPDATE']],
];

const made = followed.flatMap(([name, table, events]) =>
  events.map((event) => [`${name}_${event.toLowerCase()}`, table] as const),
);

const functions = [...followed.map(([name]) => name), 'invitations_refresh(uuid[])'];

/** A trigger that is given the rows it is about is for one kind of statement. */
const triggers = followed.flatMap(([name, table, events]) =>
  events.map(
    (event) =>
      `CREATE TRIGGER ${name}_${event.toLowerCase()} AFTER ${event} ON ${table} REFERENCING ${ROWS[event]}
       FOR EACH STATEMENT EXECUTE FUNCTION ${name}()`,
  ),
);

const present = [
  `INSERT INTO provider_counts (provider_id, linked, gone)
   SELECT provider_id, count(*), count(gone_at) FROM links GROUP BY provider_id`,
  `INSERT INTO provider_counts (provider_id, enabled)
   SELECT provider_id, count(*) FROM profiles WHERE enabled AND provider_id IS NOT NULL GROUP BY provider_id`,
  `INSERT INTO invitations (profile_id, waiting, enabled, state, valid_until)
   ${PRESENT} WHERE profile.pre_registration`,
];
