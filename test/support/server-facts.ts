/** How test workers learn where the server of this jest run is. */
export const FACTS_VARIABLE = 'TEST_SERVER_FACTS';

/** The one PostgreSQL server of a jest run, and the store database that tests clone. */
export interface ServerFacts {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly template: string;
}

/** @throws Error when jest's global setup did not run. */
export function readServerFacts(): ServerFacts {
  const text = process.env[FACTS_VARIABLE];
  if (text === undefined)
    throw new Error('no test server: run this through jest, whose global setup starts it');
  return JSON.parse(text) as ServerFacts;
}
