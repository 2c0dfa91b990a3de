import pg from 'pg';
import { readCheckpoint, writeCheckpoint, type Change } from '../../connectors/contract/change.ts';
import type { ChangeFeed, Connector } from '../../connectors/contract/connector.ts';
import { ConnectorError } from '../../connectors/contract/errors.ts';
import type { RecordKey } from '../../connectors/contract/record.ts';

/**
 * A table of the customer's database in which a trigger writes what happens to
 * `people`, and a change feed that reads it: how streams and polls look to a run,
 * without the log of any one kind of database. Transactions that write take turns,
 * so that lines are in commit order.
 */
export const LOG = `
  CREATE TABLE people_log (id bigserial PRIMARY KEY, tx bigint NOT NULL DEFAULT txid_current(), key text NOT NULL, op text NOT NULL);
  CREATE FUNCTION people_log() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_advisory_xact_lock(1);
    IF TG_OP <> 'INSERT' THEN INSERT INTO people_log (key, op) VALUES (OLD.id::text, 'delete'); END IF;
    IF TG_OP <> 'DELETE' THEN INSERT INTO people_log (key, op) VALUES (NEW.id::text, 'upsert'); END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER people_log AFTER INSERT OR UPDATE OR DELETE ON people FOR EACH ROW EXECUTE FUNCTION people_log();
  CREATE FUNCTION people_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN INSERT INTO people_log (key, op) VALUES ('', 'reset'); RETURN NULL; END $$;
  CREATE TRIGGER people_emptied AFTER TRUNCATE ON people FOR EACH STATEMENT EXECUTE FUNCTION people_emptied();
  CREATE TABLE people_acknowledged (upto bigint NOT NULL);
  INSERT INTO people_acknowledged VALUES (0);
`;

const FORMAT = 'log/1';
const BATCH = 500;
const POLL_MS = 20;

interface Line {
  readonly id: string;
  readonly tx: string;
  readonly key: string;
  readonly op: 'upsert' | 'delete' | 'reset';
}

/** Gives a connector the feed. */
export function withLogFeed(connector: Connector, url: string, delivery: ChangeFeed['delivery']): Connector {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on('error', () => undefined);
  const changes: ChangeFeed = {
    delivery,
    deletions: 'reported',
    head: async () => {
      const { rows } = await pool.query<{ id: string }>(
        'SELECT coalesce(max(id), 0)::text AS id FROM people_log',
      );
      return writeCheckpoint(FORMAT, rows[0]!.id);
    },
    read: (from, signal) => readLog(pool, readCheckpoint(FORMAT, from), { delivery, signal }),
    acknowledge: async (upTo) => {
      await pool.query('UPDATE people_acknowledged SET upto = greatest(upto, $1)', [
        readCheckpoint(FORMAT, upTo),
      ]);
    },
  };
  return {
    ...connector,
    changes,
    [Symbol.asyncDispose]: async () => {
      await pool.end();
      await connector[Symbol.asyncDispose]();
    },
  };
}

async function* readLog(
  pool: pg.Pool,
  from: string,
  about: { readonly delivery: ChangeFeed['delivery']; readonly signal: AbortSignal },
): ReturnType<ChangeFeed['read']> {
  let after = from;
  let told = from;
  for (;;) {
    about.signal.throwIfAborted();
    const { rows } = await pool.query<Line & { upto: string }>(
      `SELECT id::text, tx::text, key, op, (SELECT upto FROM people_acknowledged)::text AS upto
       FROM people_log WHERE id > $1 ORDER BY people_log.id LIMIT $2`,
      [after, BATCH],
    );
    const last = rows.at(-1);
    if (last !== undefined && Number(told) < Number(rows[0]!.upto))
      throw new ConnectorError('SOURCE_HISTORY_LOST', 'asked again for what was acknowledged');
    if (last === undefined) {
      if (about.delivery === 'poll') return;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      continue;
    }
    const next = await pool.query<{ tx: string }>(
      'SELECT tx::text FROM people_log WHERE id > $1 ORDER BY id LIMIT 1',
      [last.id],
    );
    const ended = next.rows[0]?.tx !== last.tx;
    after = last.id;
    if (ended) told = after;
    yield { changes: rows.map(changeOf), checkpoint: ended ? writeCheckpoint(FORMAT, after) : null };
  }
}

function changeOf({ key, op }: Line): Change {
  if (op === 'reset') return { kind: 'reset' };
  if (op === 'delete') return { kind: 'delete', key: key as RecordKey };
  return {
    kind: 'upsert',
    record: { key: key as RecordKey, values: {}, passwordHash: null, fingerprint: '' as never, problems: [] },
  };
}
