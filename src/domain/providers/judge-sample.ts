import type { Finding } from '../../../connectors/contract/connector.ts';
import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { SourceRecord } from '../../../connectors/contract/record.ts';
import { mapRecord } from '../mapping/map-record.ts';
import type { MappedRecord, RecordFault } from '../mapping/mapped-record.ts';
import { emailKey, usernameKey } from '../profiles/identifiers.ts';
import { startingFlags } from '../runs/flags.ts';

/** What is learned about a definition by mapping a few records with it. */
export interface SampleFinding extends Omit<Finding, 'step'> {
  readonly step: 'mapping' | 'passwords';
}

export interface SampleRules {
  /** Names the format of a stored hash; null when it is in none that is recognised. */
  readonly formatOf: (hash: string) => string | null;
  /** Whether two people may have one address. */
  readonly sharedEmail: boolean;
}

export interface JudgedSample {
  readonly findings: readonly SampleFinding[];
  /** How many of the records could become profiles. */
  readonly usable: number;
  /** How many of them would be sent a registration e-mail. */
  readonly invited: number;
}

/**
 * Maps the records and says what a run would meet: records that cannot be used,
 * usernames and addresses that repeat, hashes nobody can sign in with. Names
 * records by their keys and repeats no value.
 */
export function judgeSample(
  definition: ProviderDefinition,
  records: readonly SourceRecord[],
  rules: SampleRules,
): JudgedSample {
  const mapped = records.map((record) => mapRecord(definition, record));
  const good = mapped.flatMap((each) => (each.ok ? [each.record] : []));
  const faulty = mapped.flatMap((each) => (each.ok ? [] : [each]));
  const findings = [
    ...faultFindings(faulty, records.length),
    ...repeated('usernames', good, ({ fields }) => usernameKey(fields.username)),
    ...(rules.sharedEmail
      ? []
      : repeated('e-mail addresses', good, ({ fields }) =>
          fields.email === null ? null : emailKey(fields.email),
        )),
    ...passwordFindings(definition, records, rules),
  ];
  const invited = good.filter(
    (record) =>
      record.enabled && record.fields.email !== null && startingFlags(record, definition).preRegistration,
  );
  return { findings, usable: good.length, invited: invited.length };
}

const MOST_KEYS = 3;
/** From so many records on, the same value in all of them is no accident. */
const TELLING = 3;

function keysOf(records: readonly { readonly key: string }[]): string {
  const shown = records.slice(0, MOST_KEYS).map(({ key }) => key);
  return `${records.length === 1 ? 'record' : 'records'} ${shown.join(', ')}${records.length > MOST_KEYS ? ', …' : ''}`;
}

interface Faulty {
  readonly key: string;
  readonly faults: readonly RecordFault[];
}

/** One finding for each kind of fault. When nothing can be used, the definition is wrong and not the records. */
function faultFindings(faulty: readonly Faulty[], all: number): SampleFinding[] {
  if (faulty.length === 0)
    return all === 0 ? [] : [fine('mapping', `the first ${all} records can be mapped`)];
  const kinds = new Map<string, { fault: RecordFault; records: Faulty[] }>();
  for (const each of faulty)
    for (const fault of each.faults) {
      const kind = `${fault.field} ${fault.code}`;
      const known = kinds.get(kind) ?? { fault, records: [] };
      kinds.set(kind, { fault, records: [...known.records, each] });
    }
  return [...kinds.values()].map(({ fault, records }) => ({
    step: 'mapping',
    severity: records.length === all ? 'error' : 'warning',
    code: fault.code,
    message: `${records.length} of the first ${all} records cannot be used: ${fault.message} (${keysOf(records)})`,
    remedy:
      'See them with provider preview. Mend the rule in the definition, or the records at the provider.',
  }));
}

/** The same value in several records; in all of them when the rule reads the wrong column. */
function repeated(
  what: 'usernames' | 'e-mail addresses',
  records: readonly MappedRecord[],
  valueOf: (record: MappedRecord) => string | null,
): SampleFinding[] {
  const groups = groupBy(
    records.filter((record) => valueOf(record) !== null),
    valueOf,
  );
  const doubled = [...groups.values()].filter((group) => group.length > 1);
  const [first] = doubled;
  if (first === undefined) return [];
  const always = groups.size === 1 && first.length >= TELLING;
  return [
    {
      step: 'mapping',
      severity: always ? 'error' : 'warning',
      code: what === 'usernames' ? 'USERNAMES_REPEATED' : 'EMAILS_REPEATED',
      message: always
        ? `every record that was looked at has the same of its ${what}`
        : `${doubled.length} ${what} belong to more than one record (for example ${keysOf(first)})`,
      remedy: always
        ? 'Map a column that tells people apart.'
        : 'Mend them at the provider, or map another column: only the first record of each becomes a profile.',
    },
  ];
}

function passwordFindings(
  { password }: ProviderDefinition,
  records: readonly SourceRecord[],
  { formatOf }: SampleRules,
): SampleFinding[] {
  const hashed = records.filter(({ passwordHash }) => (passwordHash?.reveal().trim() ?? '') !== '');
  if (password?.column === undefined || hashed.length === 0) return [];
  const formats = groupBy(hashed, ({ passwordHash }) => formatOf(passwordHash?.reveal() ?? ''));
  const unknown = formats.get(null) ?? [];
  const known = [...formats]
    .flatMap(([format, of]) => (format === null ? [] : [`${of.length} ${format}`]))
    .join(', ');
  if (unknown.length === 0) return [fine('passwords', `the formats of hashes are recognised: ${known}`)];
  return [
    {
      step: 'passwords',
      severity: 'warning',
      code: 'HASHES_NOT_RECOGNISED',
      message: `${unknown.length} of ${hashed.length} hashes are in no format that is recognised (${keysOf(unknown)})${known === '' ? '' : `; the others: ${known}`}`,
      remedy:
        'Name the format in password.format if it is one that no look tells. Otherwise these people choose a new password by e-mail.',
    },
  ];
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

function fine(step: SampleFinding['step'], message: string): SampleFinding {
  return { step, severity: 'ok', code: 'OK', message, remedy: '' };
}
