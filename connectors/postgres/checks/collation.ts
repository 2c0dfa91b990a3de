import { warning } from '../../contract/checks/findings.ts';
import type { Finding } from '../../contract/connector.ts';
import { quote, quoteTable } from '../identifiers.ts';
import type { Run } from '../pool.ts';
import type { Relation } from './relation.ts';
import type { CheckSubject } from './subject.ts';

/** The first version that notes the version of a database's own collation. */
const NOTED = 150_000;
/** pg_collation's row that stands for the database's own. */
const DEFAULT = 100;

const OUTDATED = `
  SELECT DISTINCT CASE WHEN c.oid <> ${String(DEFAULT)} THEN format('%I.%I', n.nspname, c.collname) END
    FROM pg_attribute a JOIN pg_collation c ON c.oid = a.attcollation JOIN pg_namespace n ON n.oid = c.collnamespace
    JOIN pg_database d ON d.datname = current_database()
   WHERE a.attrelid = $1::oid AND a.attname = ANY ($2::text::text[])
     AND CASE WHEN c.oid = ${String(DEFAULT)} THEN d.datcollversion <> pg_database_collation_actual_version(d.oid)
              ELSE c.collversion <> pg_collation_actual_version(c.oid) END`;

/**
 * Whether the order that the key's index was built in is still the order that the
 * server compares in: an operating system that was brought up to date may sort
 * otherwise, and pages that go by such an index pass over records.
 */
export async function checkCollation(
  { options }: CheckSubject,
  relation: Relation,
  run: Run,
): Promise<readonly Finding[]> {
  const { rows: versions } = await run(`SELECT current_setting('server_version_num')`, []);
  if (Number(versions[0]?.[0] ?? 0) < NOTED) return [];
  const key = `{${options.source.key.map((name) => `"${name.replaceAll(/["\\]/g, '\\$&')}"`).join()}}`;
  const { rows } = await run(OUTDATED, [relation.oid, key]);
  return rows.map(([collation]) =>
    warning('key', {
      code: 'COLLATION_OUTDATED',
      message: `${collation == null ? 'The collation of the database' : `The collation ${collation}`} sorts otherwise than when the index of the key was built: reading by it may pass over records.`,
      remedy: `REINDEX TABLE ${quoteTable(relation.name)}; -- and every other index on text, then: ${
        collation == null
          ? `ALTER DATABASE ${quote(options.connection.database)} REFRESH COLLATION VERSION;`
          : `ALTER COLLATION ${collation} REFRESH VERSION;`
      }`,
    }),
  );
}
