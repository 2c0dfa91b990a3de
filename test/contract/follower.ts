import type { Change, Checkpoint } from '../../connectors/contract/change.ts';
import type { ChangeFeed, Connector } from '../../connectors/contract/connector.ts';
import type { SourceRecord } from '../../connectors/contract/record.ts';
import { never, readAll } from './fixture.ts';

/** A copy of a provider that is kept in step with nothing but a snapshot and the feed. */
export class Follower {
  readonly records = new Map<string, SourceRecord>();
  /** Everything the feed said, in order. */
  readonly heard: Change[] = [];
  resets = 0;
  #checkpoint: Checkpoint;

  private constructor(checkpoint: Checkpoint) {
    this.#checkpoint = checkpoint;
  }

  /** Head first, then the snapshot: what happens in between is heard twice, and never missed. */
  static async start(connector: Connector): Promise<Follower> {
    const follower = new Follower(await feedOf(connector).head(never));
    for (const record of await readAll(connector, 1_000)) follower.records.set(record.key, record);
    return follower;
  }

  get checkpoint(): Checkpoint {
    return this.#checkpoint;
  }

  /** Reads to the end of a poll. @param between is waited for after each batch. */
  async poll(connector: Connector, between?: () => Promise<void>): Promise<void> {
    for await (const batch of feedOf(connector).read(this.#checkpoint, never)) {
      this.#take(batch);
      await between?.();
    }
  }

  /** Follows a stream until `enough`. @param between see {@link poll}. @throws what the feed throws. */
  async follow(connector: Connector, enough: () => boolean, between?: () => Promise<void>): Promise<void> {
    const abort = new AbortController();
    const done = new Error('enough');
    try {
      for await (const batch of feedOf(connector).read(this.#checkpoint, abort.signal)) {
        this.#take(batch);
        await between?.();
        // Inside a transaction nothing is kept: what was heard of it is heard again.
        if (batch.checkpoint !== null && enough()) abort.abort(done);
      }
    } catch (error) {
      if (error !== done) throw error;
    }
  }

  /** The state as text that can be compared: key, values and hash of every record. */
  state(): readonly string[] {
    return stateOf([...this.records.values()]);
  }

  #take(batch: { readonly changes: readonly Change[]; readonly checkpoint: Checkpoint | null }): void {
    for (const change of batch.changes) this.#apply(change);
    if (batch.checkpoint !== null) this.#checkpoint = batch.checkpoint;
  }

  #apply(change: Change): void {
    this.heard.push(change);
    if (change.kind === 'upsert') this.records.set(change.record.key, change.record);
    else if (change.kind === 'delete') this.records.delete(change.key);
    else this.resets += 1;
  }
}

export function feedOf(connector: Connector): ChangeFeed {
  if (connector.changes === undefined) throw new Error('this connector has no feed');
  return connector.changes;
}

export function stateOf(records: readonly SourceRecord[]): readonly string[] {
  return records
    .map(({ key, values, passwordHash, fingerprint }) =>
      JSON.stringify([key, values, passwordHash?.reveal() ?? null, fingerprint]),
    )
    .toSorted();
}
