import type { ServerOptions } from '../../contract/connector.ts';
import { ConnectorError } from '../../contract/errors.ts';
import { parseTableName, quoteTable } from '../identifiers.ts';
import type { Run } from '../pool.ts';
import { traceName } from './names.ts';
import { triggerName, TRIGGERS, type TriggerEvent } from './setup.ts';

export interface TriggerState {
  readonly event: TriggerEvent;
  readonly name: string;
  /** `broken`: switched off. */
  readonly state: 'ready' | 'absent' | 'broken';
}

const FIND = `
  SELECT t.tgname::text, (t.tgenabled IN ('O', 'A'))::text FROM pg_trigger t
   WHERE t.tgrelid = to_regclass($1) AND NOT t.tgisinternal AND starts_with(t.tgname::text, $2)`;

export async function findTriggers(run: Run, options: ServerOptions): Promise<readonly TriggerState[]> {
  const table = quoteTable(parseTableName(options.source.table ?? ''));
  const { rows } = await run(FIND, [table, traceName(options.name)]);
  const enabled = new Map(rows.map(([name, on]) => [name, on === 'true']));
  return TRIGGERS.map((event): TriggerState => {
    const name = triggerName(options, event);
    const on = enabled.get(name);
    if (on === undefined) return { event, name, state: 'absent' };
    return { event, name, state: on ? 'ready' : 'broken' };
  });
}

/** @throws ConnectorError `CHANGES_UNAVAILABLE` when one is absent or switched off. */
export async function requireTriggers(run: Run, options: ServerOptions): Promise<void> {
  const missing = (await findTriggers(run, options)).filter(({ state }) => state !== 'ready');
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(', ');
  throw new ConnectorError('CHANGES_UNAVAILABLE', `triggers are absent or switched off: ${names}`);
}
