import { readCheckpoint, writeCheckpoint, type Checkpoint } from '../../contract/change.ts';
import { ConnectorError } from '../../contract/errors.ts';
import type { Flavour } from '../flavour.ts';

/** Numbers of domain, server and transaction, one for each domain. */
const MARIADB = /^(?:\d+-\d+-\d+(?:,\d+-\d+-\d+)*)?$/;
/** A server's UUID and ranges of its transactions, with tags since 8.3. */
const MYSQL = /^(?:[0-9a-f-]{36}(?::[\w-]+)+(?:,[0-9a-f-]{36}(?::[\w-]+)+)*)?$/i;

/** The two servers' positions have nothing in common: each has a format of its own, so that neither is taken for the other. */
export function writeLogPosition(flavour: Flavour['name'], gtid: string): Checkpoint {
  return writeCheckpoint(formatOf(flavour), JSON.stringify({ gtid }));
}

/** @throws ConnectorError `CHECKPOINT_FOREIGN` when another connector, mode or server wrote it, or it is damaged. */
export function readLogPosition(flavour: Flavour['name'], from: Checkpoint): string {
  const gtid = parse(readCheckpoint(formatOf(flavour), from));
  if (typeof gtid === 'string' && (flavour === 'mariadb' ? MARIADB : MYSQL).test(gtid)) return gtid;
  throw new ConnectorError('CHECKPOINT_FOREIGN', 'the checkpoint is damaged');
}

function formatOf(flavour: Flavour['name']): string {
  return `${flavour}-binlog/1`;
}

function parse(text: string): unknown {
  try {
    return (JSON.parse(text) as { gtid?: unknown }).gtid;
  } catch (cause) {
    throw new ConnectorError('CHECKPOINT_FOREIGN', 'the checkpoint is damaged', { cause });
  }
}
