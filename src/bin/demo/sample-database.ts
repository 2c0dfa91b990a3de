import pg from 'pg';
import type { Secret } from '../../../connectors/contract/secret.ts';
import { samplePeople, type SamplePerson } from './people.ts';

export const SAMPLE_DATABASE = 'acme_hr';
/** The login that the customer's DBA made for Tributary. */
export const SAMPLE_LOGIN = 'acme_tributary';

/** The customer's own table, as its own application made it. */
const TABLE = `
  CREATE SCHEMA hr;
  CREATE TABLE hr.people (
    id integer PRIMARY KEY,
    login text NOT NULL UNIQUE,
    mail text,
    first_name text,
    last_name text,
    language text,
    department text NOT NULL,
    active boolean NOT NULL,
    pw_hash text,
    pw_changed_at timestamptz,
    must_change boolean NOT NULL,
    invited boolean NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE FUNCTION hr.touch() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN NEW.updated_at := clock_timestamp(); RETURN NEW; END $$;
  CREATE TRIGGER touch BEFORE UPDATE ON hr.people FOR EACH ROW EXECUTE FUNCTION hr.touch();
  CREATE INDEX people_updated_at ON hr.people (updated_at);
`;

/** Reads what is mapped; writes the password and what goes along with it, and nothing else. */
const GRANTS = `
  GRANT USAGE ON SCHEMA hr TO ${SAMPLE_LOGIN};
  GRANT SELECT ON hr.people TO ${SAMPLE_LOGIN};
  GRANT UPDATE (pw_hash, pw_changed_at, must_change) ON hr.people TO ${SAMPLE_LOGIN};
`;

/**
 * Makes the sample customer's table, its people and a login with the least
 * rights, unless they are there; all or nothing, so that a start that was killed
 * is made up for by the next. The password is set each time.
 *
 * @param url of the (existing) sample database, with a superuser's login.
 */
export async function createSampleDatabase(url: string, password: Secret): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query('BEGIN');
    await createLogin(client, password);
    const found = await client.query(`SELECT FROM pg_namespace WHERE nspname = 'hr'`);
    if (found.rowCount === 0) {
      await client.query(TABLE);
      await insertPeople(client, samplePeople());
      await client.query(GRANTS);
    }
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

async function createLogin(client: pg.Client, password: Secret): Promise<void> {
  const found = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [SAMPLE_LOGIN]);
  const verb = found.rowCount === 0 ? 'CREATE' : 'ALTER';
  await client.query(`${verb} ROLE ${SAMPLE_LOGIN} LOGIN PASSWORD ${pg.escapeLiteral(password.reveal())}`);
}

async function insertPeople(client: pg.Client, people: readonly SamplePerson[]): Promise<void> {
  await client.query(
    `INSERT INTO hr.people (id, login, mail, first_name, last_name, language, department, active,
       pw_hash, must_change, invited)
     SELECT id, login, mail, first_name, last_name, language, department, active, pw_hash, must_change, invited
     FROM json_populate_recordset(NULL::hr.people, $1)`,
    [JSON.stringify(people)],
  );
}
