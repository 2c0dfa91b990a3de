import type { Finding } from '../../contract/connector.ts';
import { passed, problem, warning } from '../../contract/checks/findings.ts';
import { quote, quoteTable } from '../identifiers.ts';
import type { Run } from '../pool.ts';
import type { Relation } from './relation.ts';
import type { CheckSubject } from './subject.ts';

/** Rights that are missing, and rights beyond need: what a login cannot do, nobody does through it. */
export async function checkRights(
  subject: CheckSubject,
  relation: Relation | null,
  run: Run,
): Promise<readonly Finding[]> {
  const user = subject.options.connection.user;
  const findings = [...(await checkRole(user, run))];
  if (relation !== null) {
    if (!relation.usable) findings.push(noUsage(user, relation));
    findings.push(...(await checkTable(user, relation, run)));
    if (relation.rowSecurity) findings.push(rowSecurity(relation));
  }
  return findings.length > 0 ? findings : [passed('rights', 'the login has no rights beyond what is needed')];
}

async function checkRole(user: string, run: Run): Promise<readonly Finding[]> {
  const { rows } = await run(
    'SELECT rolsuper::text, rolbypassrls::text, rolcreaterole::text FROM pg_roles WHERE rolname = current_user',
    [],
  );
  const [superuser, bypass, create] = rows[0] ?? [];
  const attributes = [
    ...(superuser === 'true' ? ['SUPERUSER'] : []),
    ...(bypass === 'true' && superuser !== 'true' ? ['BYPASSRLS'] : []),
    ...(create === 'true' && superuser !== 'true' ? ['CREATEROLE'] : []),
  ];
  if (attributes.length === 0) return [];
  return [
    warning('rights', {
      code: 'RIGHTS_BEYOND_NEED',
      message: `The login is ${attributes.join(' and ')}, which Tributary does not need.`,
      remedy: `Use a login of its own with the rights that tributary provider grants prints, or: ALTER ROLE ${quote(user)} ${attributes.map((name) => `NO${name}`).join(' ')};`,
    }),
  ];
}

async function checkTable(user: string, relation: Relation, run: Run): Promise<readonly Finding[]> {
  const { rows } = await run(
    `SELECT right_name FROM unnest(ARRAY['INSERT', 'DELETE', 'TRUNCATE', 'TRIGGER']) AS right_name
      WHERE has_table_privilege($1::oid, right_name)`,
    [relation.oid],
  );
  const rights = rows.map(([name]) => name ?? '');
  if (rights.length === 0) return [];
  const table = quoteTable(relation.name);
  return [
    warning('rights', {
      code: 'RIGHTS_BEYOND_NEED',
      message: `The login may ${rights.join(', ')} on ${table}; Tributary never inserts or deletes a record.`,
      remedy: `REVOKE ${rights.join(', ')} ON ${table} FROM ${quote(user)};`,
    }),
  ];
}

function noUsage(user: string, relation: Relation): Finding {
  const schema = quote(relation.name.schema ?? '');
  return problem('rights', {
    code: 'SOURCE_PERMISSION_DENIED',
    message: `The login may not use the schema ${schema}.`,
    remedy: `GRANT USAGE ON SCHEMA ${schema} TO ${quote(user)};`,
  });
}

function rowSecurity(relation: Relation): Finding {
  const table = quoteTable(relation.name);
  return warning('rights', {
    code: 'ROWS_MAY_BE_HIDDEN',
    message: `Row security is on for ${table}: records that its policies hide look deleted to us.`,
    remedy: `Compare the counts that the owner and this login see: SELECT count(*) FROM ${table}; and give the login a policy that shows every record in scope.`,
  });
}
