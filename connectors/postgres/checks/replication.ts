import type { Finding } from '../../contract/connector.ts';
import { problem, warning } from '../../contract/checks/findings.ts';
import { traceName } from '../changes/names.ts';
import { findPublication } from '../changes/publication.ts';
import { publicationSql } from '../changes/setup.ts';
import { findSlot } from '../changes/slot.ts';
import { quote, quoteTable, quoteText } from '../identifiers.ts';
import type { Run } from '../pool.ts';
import { readLimit } from '../traces.ts';
import type { Relation } from './relation.ts';
import type { CheckSubject } from './subject.ts';

/** Whether the log can be read, and whether reading it does no harm. */
export async function checkReplication(
  subject: CheckSubject,
  relation: Relation,
  run: Run,
): Promise<readonly Finding[]> {
  return [
    ...(await checkServer(subject, run)),
    ...(await checkIdentity(subject, relation, run)),
    ...(await checkPublication(subject, run)),
    ...(await checkSlot(subject, run)),
  ];
}

const SERVER = `
  SELECT current_setting('wal_level'), pg_is_in_recovery()::text,
         (SELECT (rolreplication OR rolsuper)::text FROM pg_roles WHERE rolname = current_user)`;

async function checkServer({ options }: CheckSubject, run: Run): Promise<readonly Finding[]> {
  const [level, standby, replication] = (await run(SERVER, [])).rows[0] ?? [];
  const findings: Finding[] = [];
  if (level !== 'logical')
    findings.push(
      problem('changes', {
        code: 'WAL_LEVEL_TOO_LOW',
        message: `The log of the server is kept for ${level ?? 'less'}, not for reading it by records.`,
        remedy: `ALTER SYSTEM SET wal_level = 'logical'; -- and restart the server`,
      }),
    );
  if (standby === 'true')
    findings.push(
      problem('changes', {
        code: 'SOURCE_IS_STANDBY',
        message: 'This server is a standby, where the slot would not survive.',
        remedy: 'Set connection.host to the primary, or changes.mode to poll.',
      }),
    );
  if (replication !== 'true')
    findings.push(
      problem('changes', {
        code: 'REPLICATION_DENIED',
        message: 'The login may not read the log.',
        remedy: `ALTER ROLE ${quote(options.connection.user)} REPLICATION;`,
      }),
    );
  if ((await readLimit(run)) === null)
    findings.push(
      problem('changes', {
        code: 'SLOT_UNBOUNDED',
        message:
          'The server keeps its log for a slot without limit: a reader that stays away fills the disk.',
        remedy: `ALTER SYSTEM SET max_slot_wal_keep_size = '10GB'; SELECT pg_reload_conf();`,
      }),
    );
  return findings;
}

/** The columns that stand in the log for the record that was; every one has to be published, and ours be among them. */
const IDENTITY = `
  SELECT c.relreplident::text, array_to_json(array_agg(a.attname) FILTER (WHERE a.attname IS NOT NULL))::text,
         (c.relkind IN ('r', 'p'))::text
    FROM pg_class c
    LEFT JOIN pg_index i ON i.indrelid = c.oid
     AND CASE c.relreplident WHEN 'd' THEN i.indisprimary WHEN 'i' THEN i.indisreplident ELSE false END
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey::int2[])
   WHERE c.oid = $1::oid GROUP BY c.oid`;

async function checkIdentity(
  { options }: CheckSubject,
  relation: Relation,
  run: Run,
): Promise<readonly Finding[]> {
  const [identity, columns, table] = (await run(IDENTITY, [relation.oid])).rows[0] ?? [];
  if (table !== 'true')
    return [
      problem('changes', {
        code: 'CHANGES_UNAVAILABLE',
        message: `${quoteTable(relation.name)} is no table, and has no log.`,
        remedy: 'Name the table behind it in source.table, or set changes.mode to poll.',
      }),
    ];
  if (identity === 'f')
    return [
      warning('changes', {
        code: 'LOG_HAS_WHOLE_ROWS',
        message: 'The replica identity is FULL: the log carries every column to us, hashes of passwords too.',
        remedy: `ALTER TABLE ${quoteTable(relation.name)} REPLICA IDENTITY DEFAULT;`,
      }),
    ];
  const found = (JSON.parse(columns ?? '[]') as string[] | null) ?? [];
  const key = options.source.key;
  if (found.length === key.length && found.every((name) => key.includes(name))) return [];
  return [
    problem('changes', {
      code: 'REPLICA_IDENTITY_MISSING',
      message:
        found.length === 0
          ? 'The table has no primary key: publishing it would make every UPDATE and DELETE on it fail.'
          : `The log names records by ${found.join(', ')}, and source.key is ${key.join(', ')}.`,
      remedy: `Use the primary key as source.key, or: ALTER TABLE ${quoteTable(relation.name)} ADD PRIMARY KEY (${key.map(quote).join(', ')});`,
    }),
  ];
}

async function checkPublication({ options }: CheckSubject, run: Run): Promise<readonly Finding[]> {
  const found = await findPublication(run, options);
  if (found?.whole === true) return [];
  const name = traceName(options.name);
  return [
    problem('changes', {
      code: 'PUBLICATION_MISSING',
      message:
        found === null
          ? `There is no publication ${name}.`
          : `The publication ${name} leaves out the table, its key, some records or some kinds of changes.`,
      remedy: `${found === null ? '' : `DROP PUBLICATION ${quote(name)};\n`}${publicationSql(options)}`,
    }),
  ];
}

/** The share of the limit from which on it is time to look after the reader. */
const WARN_AT = 0.5;

async function checkSlot({ options }: CheckSubject, run: Run): Promise<readonly Finding[]> {
  const name = traceName(options.name);
  const slot = await findSlot(run, name);
  const limit = await readLimit(run);
  if (slot?.lost === true)
    return [
      warning('changes', {
        code: 'SLOT_LOST',
        message: `The server has discarded the history of the slot ${name}: the next run is a full one.`,
        remedy: `Raise max_slot_wal_keep_size; the slot is made anew, or: SELECT pg_drop_replication_slot(${quoteText(name)});`,
      }),
    ];
  if (slot?.retainedBytes == null || limit === null || slot.retainedBytes < limit * WARN_AT) return [];
  return [
    warning('changes', {
      code: 'SLOT_FILLING',
      message: `The slot ${name} holds ${String(Math.round((100 * slot.retainedBytes) / limit))} % of what the server keeps at most.`,
      remedy: 'See why the runs of this provider do not keep up, or raise max_slot_wal_keep_size.',
    }),
  ];
}
