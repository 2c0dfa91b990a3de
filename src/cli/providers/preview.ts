import { previewProvider, type PreviewedRecord } from '../../app/providers/preview-provider.ts';
import { option, type Session, type Typed } from '../command.ts';
import { readCount } from '../read-count.ts';
import { readTarget } from './read-target.ts';

export async function preview(session: Session, typed: Typed): Promise<undefined> {
  const { output, signal } = session;
  const limit = readCount('--limit', option(typed, 'limit') ?? '10');
  const target = await readTarget(session, typed);
  await session.withContext(async (context) => {
    const records = await previewProvider(context, { target, limit, signal });
    output.list(records, () =>
      output.table(
        [
          'RECORD',
          'USERNAME',
          'E-MAIL',
          'GIVEN NAME',
          'FAMILY NAME',
          'ENABLED',
          'FLAGS',
          'PASSWORD',
          'FAULTS',
        ],
        records.map((record) => row(record)),
        'The provider has no records in scope.',
      ),
    );
  });
}

function row(record: PreviewedRecord): readonly string[] {
  const { fields, key, password, faults } = record;
  const texts = [fields?.username, fields?.email, fields?.givenName, fields?.familyName].map(
    (text) => text ?? '',
  );
  const reasons = faults.map(({ message, code }) => `${message} (${code})`).join('; ');
  return [key, ...texts, yesOrNo(record.enabled), flagsText(record), password ?? 'none', reasons];
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
