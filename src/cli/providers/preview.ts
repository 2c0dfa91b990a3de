import type { PreviewedRecord } from '../asks/providers.ts';
import { option, type Session, type Typed } from '../command.ts';
import type { Output } from '../output.ts';
import { readCount } from '../read-count.ts';
import { readTarget } from './read-target.ts';

/** More than anybody looks through. */
const MOST = 100;

export async function preview(session: Session, typed: Typed): Promise<undefined> {
  const { output, signal } = session;
  const limit = readCount('--limit', option(typed, 'limit') ?? '10', MOST);
  const target = await readTarget(session, typed);
  await session.withInstallation(async ({ providers }) => {
    const records = await providers.preview(target, limit, signal);
    output.list(records, () => previewTable(output, records));
  });
}

/** Records as they would become profiles, in a table as wide as what is mapped. */
export function previewTable(output: Output, records: readonly PreviewedRecord[]): string {
  const fields = filledFields(records);
  const titles = fields.map(({ title }) => title);
  return output.table(
    ['RECORD', 'USERNAME', ...titles, 'ENABLED', 'FLAGS', 'PASSWORD', 'FAULTS'],
    records.map((record) => row(record, fields)),
    'The provider has no records in scope.',
  );
}

interface Field {
  readonly title: string;
  readonly read: (fields: NonNullable<PreviewedRecord['fields']>) => string | null | undefined;
}

const FIELDS: readonly Field[] = [
  { title: 'E-MAIL', read: ({ email }) => email },
  { title: 'GIVEN NAME', read: ({ givenName }) => givenName },
  { title: 'FAMILY NAME', read: ({ familyName }) => familyName },
  { title: 'DISPLAY NAME', read: ({ displayName }) => displayName },
  { title: 'LOCALE', read: ({ locale }) => locale },
];

/** The fields that at least one record has something in: a table as wide as what is mapped. */
function filledFields(records: readonly PreviewedRecord[]): readonly Field[] {
  const names = new Set(records.flatMap(({ fields }) => Object.keys(fields?.attributes ?? {})));
  const attributes = [...names]
    .toSorted()
    .map((name): Field => ({ title: name.toUpperCase(), read: (fields) => fields.attributes[name] }));
  return [...FIELDS, ...attributes].filter(({ read }) =>
    records.some(({ fields }) => fields !== null && (read(fields) ?? '') !== ''),
  );
}

function row(record: PreviewedRecord, columns: readonly Field[]): readonly string[] {
  const { fields, key, password, faults } = record;
  const texts = columns.map(({ read }) => (fields === null ? '' : (read(fields) ?? '')));
  const reasons = faults.map(({ message, code }) => `${message} (${code})`).join('; ');
  return [
    key,
    fields?.username ?? '',
    ...texts,
    yesOrNo(record.enabled),
    flagsText(record),
    password ?? 'none',
    reasons,
  ];
}

function yesOrNo(value: boolean | null): string {
  if (value === null) return '';
  return value ? 'yes' : 'no';
}

function flagsText({ forceReset, preRegistration }: PreviewedRecord): string {
  const flags = [
    forceReset === true ? 'force reset' : '',
    preRegistration === true ? 'pre-registration' : '',
  ];
  return flags.filter((flag) => flag !== '').join(', ');
}
