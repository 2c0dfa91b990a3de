import type { Finding } from '../../contract/connector.ts';
import { passed, problem, warning } from '../../contract/checks/findings.ts';
import { findTriggers } from '../changes/triggers.ts';
import { setupSql } from '../changes/setup.ts';
import { quote, quoteTable } from '../identifiers.ts';
import type { Run } from '../pool.ts';
import { checkReplication } from './replication.ts';
import type { Relation } from './relation.ts';
import type { CheckSubject } from './subject.ts';

/** Whether the source can tell of changes in the way that is asked for. `relation` is null for a query. */
export async function checkChanges(
  subject: CheckSubject,
  relation: Relation | null,
  run: Run,
): Promise<readonly Finding[]> {
  const { mode } = subject.options.changes;
  if (mode === 'none' || mode === 'push') return [];
  const findings = await findingsOf(subject, relation, run);
  return findings.length > 0 ? findings : [passed('changes', `changes can be found by ${mode}`)];
}

async function findingsOf(
  subject: CheckSubject,
  relation: Relation | null,
  run: Run,
): Promise<readonly Finding[]> {
  const { mode } = subject.options.changes;
  if (relation === null) return mode === 'poll' ? needsCursor(subject) : [needsTable(mode)];
  if (mode === 'replication') return await checkReplication(subject, relation, run);
  return [
    ...(await checkStamp(subject, relation, run)),
    ...(await checkCursor(subject, relation, run)),
    ...(mode === 'listen' ? await checkTriggers(subject, relation, run) : []),
  ];
}

function needsTable(mode: string): Finding {
  return problem('changes', {
    code: 'CHANGES_UNAVAILABLE',
    message: `A query tells nothing by ${mode}.`,
    remedy: 'Name a table in source.table, or set changes.mode to poll with a cursor.',
  });
}

function needsCursor({ options }: CheckSubject): readonly Finding[] {
  if (options.changes.cursor !== undefined) return [];
  return [
    problem('changes', {
      code: 'CHANGES_UNAVAILABLE',
      message: 'Views, foreign tables and queries do not tell which transaction wrote a row.',
      remedy: 'Name a column that grows with every change in changes.cursor, or set changes.mode to none.',
    }),
  ];
}

async function checkStamp(subject: CheckSubject, relation: Relation, run: Run): Promise<readonly Finding[]> {
  const { rows } = await run(
    `SELECT (relkind IN ('r', 'p', 'm'))::text,
            CASE WHEN relkind IN ('r', 'p', 'm') THEN has_column_privilege(oid, 'xmin', 'SELECT') ELSE false END::text
       FROM pg_class WHERE oid = $1::oid`,
    [relation.oid],
  );
  const [stamped, readable] = rows[0] ?? [];
  if (stamped !== 'true') return needsCursor(subject);
  if (readable === 'true') return [];
  const said = {
    code: 'XMIN_UNREADABLE',
    message:
      'The login may not read xmin, which tells the transaction that wrote a row: late commits can be missed.',
    remedy: `GRANT SELECT (xmin) ON ${quoteTable(relation.name)} TO ${quote(subject.options.connection.user)};`,
  };
  return [subject.options.changes.cursor === undefined ? problem('changes', said) : warning('changes', said)];
}

async function checkCursor(
  { options }: CheckSubject,
  relation: Relation,
  run: Run,
): Promise<readonly Finding[]> {
  const { cursor } = options.changes;
  const column = relation.columns.get(cursor ?? '');
  if (cursor === undefined || column === undefined) return [];
  const { rows } = await run(
    `SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
      WHERE i.indrelid = $1::oid AND i.indisvalid AND i.indpred IS NULL AND a.attname = $2`,
    [relation.oid, cursor],
  );
  const table = quoteTable(relation.name);
  const missing = warning('changes', {
    code: 'CURSOR_NOT_INDEXED',
    message: `No index begins with ${cursor}: a poll of a large table has to look at every record.`,
    remedy: `CREATE INDEX CONCURRENTLY ON ${table} (${quote(cursor)});`,
  });
  const nullable = warning('changes', {
    code: 'CURSOR_NULLABLE',
    message: `${cursor} may be NULL: by the cursor such a record is found by full runs only.`,
    remedy: `ALTER TABLE ${table} ALTER COLUMN ${quote(cursor)} SET NOT NULL;`,
  });
  return [
    ...(rows.length === 0 && !relation.view ? [missing] : []),
    ...(column.nullable && !relation.view ? [nullable] : []),
  ];
}

async function checkTriggers(
  { options }: CheckSubject,
  relation: Relation,
  run: Run,
): Promise<readonly Finding[]> {
  const triggers = await findTriggers(run, options);
  const absent = triggers.filter(({ state }) => state === 'absent').map(({ name }) => name);
  const off = triggers.filter(({ state }) => state === 'broken').map(({ name }) => name);
  const table = quoteTable(relation.name);
  const findings: Finding[] = [];
  if (absent.length > 0)
    findings.push(
      problem('changes', {
        code: 'TRIGGER_MISSING',
        message: `There is no trigger ${absent.join(', ')} on ${table}.`,
        remedy: setupSql(options).join('\n'),
      }),
    );
  if (off.length > 0)
    findings.push(
      problem('changes', {
        code: 'TRIGGER_DISABLED',
        message: `Triggers on ${table} are switched off: ${off.join(', ')}.`,
        remedy: off.map((name) => `ALTER TABLE ${table} ENABLE TRIGGER ${quote(name)};`).join('\n'),
      }),
    );
  return findings;
}
