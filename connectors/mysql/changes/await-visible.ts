import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectorError } from '../../contract/errors.ts';
import { quoteText } from '../identifiers.ts';
import type { Run } from '../pool.ts';
import { textRows } from '../query.ts';
import type { Reader } from '../reader.ts';
import type { LogPlace } from './log-item.ts';

const LOOK_EVERY_MS = 20;
const LIMIT_MS = 30_000;

/**
 * The log tells of a commit a moment before others see it, and long before when
 * the server waits for a replica (semi-synchronous replication). Reading the record
 * then would find what it was, and nothing would tell of it again.
 *
 * @param place where the transaction begins in the log.
 */
export async function awaitVisible(reader: Reader, place: LogPlace, signal: AbortSignal): Promise<void> {
  for (let waited = 0; waited < LIMIT_MS; waited += LOOK_EVERY_MS) {
    const visible = await reader.pool.read(signal, (run, flavour) =>
      flavour.name === 'mysql' ? isExecuted(run, place) : isCommitted(run, place),
    );
    if (visible) return;
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
  throw new ConnectorError(
    'SOURCE_BUSY',
    'a transaction in the log cannot be seen yet: a replica keeps it waiting',
  );
}

/** What others see is counted as executed afterwards. */
async function isExecuted(run: Run, { gtid }: LogPlace): Promise<boolean> {
  const [row] = textRows(await run(`SELECT GTID_SUBSET(${quoteText(gtid)}, @@GLOBAL.gtid_executed)`));
  return row?.[0] === '1';
}

async function isCommitted(run: Run, place: LogPlace): Promise<boolean> {
  return isBehind(await readCommitted(run), place);
}

/** Where the log of MariaDB ends for those who read tables: behind the last transaction that they see. */
export async function readCommitted(run: Run): Promise<Omit<LogPlace, 'gtid'>> {
  const rows = textRows(await run(`SHOW GLOBAL STATUS LIKE 'binlog\\_snapshot\\_%'`));
  const values = new Map(rows.map(([name, value]) => [name?.toLowerCase() ?? '', value ?? '']));
  return {
    file: values.get('binlog_snapshot_file') ?? '',
    offset: Number(values.get('binlog_snapshot_position') ?? 0),
  };
}

/** Files are numbered: `binlog.000012`. */
export function isBehind({ file, offset }: Omit<LogPlace, 'gtid'>, place: Omit<LogPlace, 'gtid'>): boolean {
  const ahead = numberOf(file) - numberOf(place.file);
  return ahead > 0 || (ahead === 0 && offset > place.offset);
}

function numberOf(file: string): number {
  return Number(/\d+$/.exec(file)?.[0] ?? 0);
}
