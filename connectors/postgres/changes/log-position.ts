import { readCheckpoint, writeCheckpoint, type Checkpoint } from '../../contract/change.ts';
import { ConnectorError } from '../../contract/errors.ts';

/*
 * Positions in PostgreSQL's log. Pure.
 *
 * A position is always the end of a commit, or a place between transactions: the
 * server compares positions with those of commits, never with those of changes.
 */

const FORMAT = 'postgres-lsn/1';
const LSN = /^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/;

export interface LogPosition {
  /**
   * The server, the database and the timeline. A standby that took over may lack the last
   * that was told, and write something else in its place: its log is another one.
   */
  readonly server: string;
  /** Which publication, with what in it: what was left out of it meanwhile is lost. */
  readonly publication: string;
  /** As PostgreSQL writes it: `16/B374D848`. */
  readonly lsn: string;
}

export function writeLogPosition({ server, publication, lsn }: LogPosition): Checkpoint {
  return writeCheckpoint(FORMAT, `${lsn} ${server} ${publication}`);
}

/** @throws ConnectorError `CHECKPOINT_FOREIGN` when another connector, mode or version wrote it. */
export function readLogPosition(from: Checkpoint): LogPosition {
  const [lsn = '', server = '', publication = '', ...rest] = readCheckpoint(FORMAT, from).split(' ');
  if (!LSN.test(lsn) || server === '' || !publication.endsWith('.') || rest.length > 0)
    throw new ConnectorError('CHECKPOINT_FOREIGN', 'the checkpoint is damaged');
  return { lsn, server, publication };
}

export function parseLsn(lsn: string): bigint {
  const [high = '0', low = '0'] = lsn.split('/');
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`);
}

export function printLsn(lsn: bigint): string {
  return `${(lsn >> 32n).toString(16)}/${(lsn & 0xffffffffn).toString(16)}`.toUpperCase();
}
