import type { ConnectorOptions, Finding } from '../contract/connector.ts';
import type { Inbox } from '../contract/inbox.ts';
import { columnsOf } from './values.ts';

/** So many records are looked at for the columns that the definition names. */
const SAMPLE = 200;

/** Whether records can come, whether any have, and whether they have what the definition names. */
export async function checkProvider(
  options: ConnectorOptions,
  inbox: Inbox,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const key = keyFinding(options, await inbox.hasKey(signal));
  const sample = await inbox.page(null, SAMPLE, signal);
  if (sample.length === 0) return [key, NOTHING];
  const pushed = new Set(sample.flatMap((record) => [...columnsOf(record).keys()]));
  const rows = `${String(await inbox.count(signal))} records have been pushed`;
  return [key, ...columnFindings(options, pushed), ok('rows', rows)];
}

function keyFinding({ name }: ConnectorOptions, hasKey: boolean): Finding {
  if (hasKey) return ok('login', 'there is a key to sign posts with');
  return {
    step: 'login',
    severity: 'error',
    code: 'PUSH_KEY_MISSING',
    message: 'there is no key to sign posts with: none can be taken',
    remedy: `tributary provider key ${name}`,
  };
}

const NOTHING: Finding = {
  step: 'rows',
  severity: 'warning',
  code: 'NO_ROWS',
  message: 'nothing has been pushed yet',
  remedy: 'Have the other system post its records; docs/guide/push.md says how.',
};

function columnFindings(
  { columns, passwordColumn }: ConnectorOptions,
  pushed: ReadonlySet<string>,
): readonly Finding[] {
  const named = passwordColumn === null ? columns : [...columns, passwordColumn];
  const absent = named.filter((column) => !pushed.has(column));
  if (absent.length === 0) return [ok('columns', 'records come with every column of the definition')];
  return absent.map((column) => ({
    step: 'columns',
    severity: 'warning',
    code: 'COLUMN_NOT_PUSHED',
    message: `no record has come with a column ${column}; it counts as empty`,
    remedy: `Columns that come: ${[...pushed].toSorted().join(', ')}.`,
  }));
}

function ok(step: Finding['step'], message: string): Finding {
  return { step, severity: 'ok', code: 'OK', message, remedy: '' };
}
