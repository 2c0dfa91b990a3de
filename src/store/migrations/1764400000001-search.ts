import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The words that people are found by, and the order in which runs change. */
export class Search1764400000001 implements MigrationInterface {
  readonly name = 'Search1764400000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX runs_updated');
    await runner.query('DROP INDEX profiles_words');
    await runner.query('DROP FUNCTION profile_words');
  }
}

const statements = [
  // Without accents (letters are decomposed, and marks left out) and case. Of an address what stands before the @:
  // the domain is the same for everybody. Signs that the parser would keep words together by become spaces.
  `CREATE FUNCTION profile_words(username text, email text, given_name text, family_name text, display_name text)
   RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
     SELECT to_tsvector('simple', translate(lower(regexp_replace(normalize(
       split_part(username, '@', 1) || ' ' || coalesce(split_part(email, '@', 1), '') || ' ' || coalesce(given_name, '')
       || ' ' || coalesce(family_name, '') || ' ' || coalesce(display_name, ''), NFKD),
       '[\\u0300-\\u036f]', '', 'g')), $t$._-+/\\'&:$t$, '         ')) $$`,
  `CREATE INDEX profiles_words ON profiles
     USING gin (profile_words(username, email, given_name, family_name, display_name))`,
  'CREATE INDEX runs_updated ON runs (updated_at)',
];
