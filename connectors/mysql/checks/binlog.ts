import { isLogged } from '../changes/log-keys.ts';
import type { Finding } from '../../contract/connector.ts';
import { passed, problem, warning } from '../../contract/checks/findings.ts';
import type { Flavour } from '../flavour.ts';
import { printUser } from '../grants.ts';
import { keyColumn } from '../key-column.ts';
import type { Run } from '../pool.ts';
import { textRows } from '../query.ts';
import { readShape } from '../shape.ts';
import type { Relation } from './relation.ts';
import type { CheckSubject } from './subject.ts';

/** What the log must be like, and what makes it so. */
interface Requirement {
  readonly variable: string;
  readonly good: readonly string[];
  readonly set: string;
  readonly why: string;
}

const REQUIRED: readonly Requirement[] = [
  {
    variable: 'log_bin',
    good: ['1', 'ON'],
    set: 'In the configuration of the server: log_bin = binlog and server_id = 1, then restart it.',
    why: 'the server keeps no binary log',
  },
  {
    variable: 'binlog_format',
    good: ['ROW'],
    set: 'SET GLOBAL binlog_format = ROW; and the same in the configuration. Sessions that are open keep theirs.',
    why: 'statements do not tell which records changed',
  },
  {
    variable: 'binlog_row_image',
    good: ['FULL', 'FULL_NODUP', 'NOBLOB'],
    set: 'SET GLOBAL binlog_row_image = FULL; and the same in the configuration.',
    why: 'the key may be missing from a row',
  },
  {
    variable: 'binlog_row_metadata',
    good: ['FULL'],
    set: 'SET GLOBAL binlog_row_metadata = FULL; and the same in the configuration.',
    why: 'columns have no names in the log, and are mistaken for others after the table is altered',
  },
];

/** MySQL alone has these. */
const REQUIRED_OF_MYSQL: readonly Requirement[] = [
  {
    variable: 'gtid_mode',
    good: ['ON'],
    set: 'Turn gtid_mode and enforce_gtid_consistency on, one step at a time, as the manual of MySQL says.',
    why: 'positions mean nothing on another server, nor after a restore',
  },
  {
    variable: 'binlog_transaction_compression',
    good: ['0', 'OFF'],
    set: 'SET GLOBAL binlog_transaction_compression = OFF; and the same in the configuration.',
    why: 'compressed transactions cannot be read',
  },
  {
    variable: 'binlog_row_value_options',
    good: [''],
    set: "SET GLOBAL binlog_row_value_options = ''; and the same in the configuration.",
    why: 'updates of a part of a JSON value cannot be read',
  },
];

/** An hour of standing still is ordinary; a log shorter than a day does not survive a weekend's beginning. */
const SHORT_S = 86_400;

/** Whether the binary log can be followed. */
export async function checkBinlog(
  subject: CheckSubject,
  relation: Relation | null,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  if (relation === null || relation.view)
    return [
      problem('changes', {
        code: 'CHANGES_UNAVAILABLE',
        message: 'The binary log has tables only, no views and queries.',
        remedy: 'Name the table in source.table, or set changes.mode to poll.',
      }),
    ];
  const findings = await subject.pool.read(signal, async (run, flavour) => [
    ...(await checkVariables(run, flavour)),
    ...(await checkRight(subject, run)),
    ...(await checkKey(subject, relation, run)),
  ]);
  return findings.length > 0 ? findings : [passed('changes', 'the binary log can be followed')];
}

async function checkVariables(run: Run, flavour: Flavour): Promise<readonly Finding[]> {
  const rows = textRows(await run('SHOW GLOBAL VARIABLES'));
  const values = new Map(rows.map(([name, value]) => [name ?? '', value ?? '']));
  const required = flavour.name === 'mysql' ? [...REQUIRED, ...REQUIRED_OF_MYSQL] : REQUIRED;
  const unusable = required
    // Older servers lack some, and what they would turn off.
    .filter(({ variable, good }) => !good.includes(values.get(variable)?.toUpperCase() ?? missing(variable)))
    .map(({ variable, set, why }) =>
      problem('changes', {
        code: 'BINLOG_UNUSABLE',
        message: `${variable} is ${values.get(variable) ?? 'unknown to this server'}: ${why}.`,
        remedy: set,
      }),
    );
  return [...unusable, ...checkReplica(values), ...checkLife(values)];
}

/** What a server stands for that does not have the variable: none is compressed, all is rows. */
function missing(variable: string): string {
  return { binlog_transaction_compression: 'OFF', binlog_format: 'ROW' }[variable] ?? '';
}

/** Whether a replica logs what it takes over from its primary, which MariaDB does not by default. */
function checkReplica(values: ReadonlyMap<string, string>): readonly Finding[] {
  const logs = values.get('log_replica_updates') ?? values.get('log_slave_updates') ?? 'ON';
  // To see whether it is one would take another right. A primary may have been one before.
  const replica =
    (values.get('gtid_slave_pos') ?? '') !== '' || !/^(?:0|OFF)?$/i.test(values.get('read_only') ?? '');
  if (logs.toUpperCase() !== 'OFF' || !replica) return [];
  return [
    warning('changes', {
      code: 'BINLOG_OF_REPLICA',
      message:
        'The server seems to be a replica, and does not log what it takes over from its primary: such changes are seen by full runs alone.',
      remedy:
        'In the configuration of the server: log_slave_updates = ON (log_replica_updates on MySQL 8.0.26 and later), then restart it. Or follow the primary.',
    }),
  ];
}

function checkLife(values: ReadonlyMap<string, string>): readonly Finding[] {
  const days = Number(values.get('expire_logs_days') ?? 0) * 86_400;
  const seconds = Number(values.get('binlog_expire_logs_seconds') ?? 0) || days;
  // Zero keeps them for ever.
  if (seconds === 0 || seconds >= SHORT_S) return [];
  return [
    warning('changes', {
      code: 'BINLOG_SHORT_LIVED',
      message: `The binary log is kept for ${String(Math.round(seconds / 3_600))} hours: whoever stands still for longer has to read everything again.`,
      remedy: 'SET GLOBAL binlog_expire_logs_seconds = 604800; and the same in the configuration.',
    }),
  ];
}

const RIGHT = /\bREPLICATION (?:SLAVE|REPLICA)\b|^GRANT ALL PRIVILEGES ON \*\.\*/i;

async function checkRight({ options }: CheckSubject, run: Run): Promise<readonly Finding[]> {
  const grants = textRows(await run('SHOW GRANTS'));
  if (grants.some(([line]) => RIGHT.test(line ?? ''))) return [];
  return [
    problem('rights', {
      code: 'SOURCE_PERMISSION_DENIED',
      message: 'The login may not read the binary log.',
      remedy: `GRANT REPLICATION SLAVE ON *.* TO ${printUser(options.connection.user)};`,
    }),
  ];
}

async function checkKey(
  { options }: CheckSubject,
  relation: Relation,
  run: Run,
): Promise<readonly Finding[]> {
  const there = options.source.key.every((name) => relation.column(name)?.readable === true);
  if (!there) return [];
  const alone = { ...options, columns: [], passwordColumn: null, writeBack: null };
  const shape = await readShape(run, alone);
  const unsuitable = options.source.key.filter((name) => {
    const inner = relation.column(name)?.dataType ?? '';
    // Their bytes are in the log, not their text.
    return /^(?:uuid|inet\d)$/.test(inner) || !isLogged(keyColumn(shape.column(name)));
  });
  if (unsuitable.length === 0) return [];
  return [
    problem('changes', {
      code: 'KEY_NOT_LOGGED',
      message: `The log does not tell ${unsuitable.join(', ')} in the form that keys have.`,
      remedy: 'Choose a key of numbers or text, or set changes.mode to poll.',
    }),
  ];
}
