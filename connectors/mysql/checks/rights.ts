import type { Finding } from '../../contract/connector.ts';
import { passed, warning } from '../../contract/checks/findings.ts';
import { printUser } from '../grants.ts';
import { quoteTable } from '../identifiers.ts';
import type { Run } from '../pool.ts';
import { textRows } from '../query.ts';
import type { Relation } from './relation.ts';
import type { CheckSubject } from './subject.ts';

/** One line of SHOW GRANTS: rights, with their columns taken away, and what they are for. */
interface Grant {
  readonly rights: readonly string[];
  readonly on: string;
}

const NEEDED = new Set(['USAGE', 'SELECT', 'UPDATE', 'SHOW VIEW']);
/** What the binary log needs, under the names that both servers have had for it. */
const REPLICATION = new Set(['USAGE', 'REPLICATION SLAVE', 'REPLICATION CLIENT', 'BINLOG MONITOR']);
const LINE = /^GRANT (.+?) ON (.+?) TO /s;

/** Rights beyond need: what a login cannot do, nobody does through it. Missing ones are said of the columns. */
export async function checkRights(
  subject: CheckSubject,
  relation: Relation | null,
  run: Run,
): Promise<readonly Finding[]> {
  const lines = textRows(await run('SHOW GRANTS')).map(([line]) => line ?? '');
  const grants = lines.flatMap(parseGrant);
  const { user, database } = subject.options.connection;
  const [needed, binlog] = [relation?.name ?? null, subject.options.changes.mode === 'binlog'];
  const findings = grants.flatMap((grant) => {
    if (grant.on === '*.*') return beyond(user, grant, binlog ? REPLICATION : new Set(['USAGE']));
    const concerns = needed === null ? [quoteTable({ schema: database, table: '' })] : [quoteTable(needed)];
    const here = concerns.some((name) => name === grant.on || covers(grant.on, name));
    return here ? beyond(user, grant, NEEDED) : [];
  });
  return findings.length > 0 ? findings : [passed('rights', 'the login has no rights beyond what is needed')];
}

function parseGrant(line: string): readonly Grant[] {
  const [, rights, on] = LINE.exec(line) ?? [];
  if (rights === undefined || on === undefined) return [];
  const plain = rights.replaceAll(/\s*\([^)]*\)/g, '');
  return [{ rights: plain.split(',').map((right) => right.trim().toUpperCase()), on }];
}

/** A right to a whole database, whose name may be a pattern. */
function covers(on: string, table: string): boolean {
  if (!on.endsWith('.*')) return false;
  const database = on.slice(0, -2).replaceAll(String.raw`\_`, '_');
  return table.startsWith(`${database}.`) || database.includes('%');
}

function beyond(user: string, { rights, on }: Grant, needed: ReadonlySet<string>): readonly Finding[] {
  const more = rights.filter((right) => !needed.has(right));
  if (more.length === 0) return [];
  const readsEverything = on === '*.*' && more.includes('SELECT');
  return [
    warning('rights', {
      code: 'RIGHTS_BEYOND_NEED',
      message: `The login may ${more.join(', ')} on ${on}, which Tributary does not need${readsEverything ? ': it reads the passwords of every account of the server too' : ''}.`,
      remedy: `Run what tributary provider grants prints, then: REVOKE ${more.join(', ')} ON ${on} FROM ${printUser(user)};`,
    }),
  ];
}
