import { TEXT_FIELDS } from '../../domain/profile.ts';
import { flag, option, texts, type Session, type Typed } from '../command.ts';
import { readPairs } from '../read-pairs.ts';
import { readPassword } from './read-password.ts';

export async function create(session: Session, typed: Typed): Promise<undefined> {
  const { output, signal } = session;
  const fields = readGiven(typed);
  const temporaryPassword = flag(typed, 'temporaryPassword')
    ? await readPassword('Temporary password: ', signal)
    : null;
  await session.withInstallation(async ({ profiles }) => {
    const created = await profiles.create({
      fields,
      forceReset: flag(typed, 'forceReset') ? true : null,
      preRegistration: flag(typed, 'preRegistration'),
      temporaryPassword,
    });
    output.result(created, () => `${fields['username'] ?? ''} is ${created.id}`);
    if (created.emailRequested) output.hint('A running server sends the e-mail.');
  });
}

function readGiven(typed: Typed): Readonly<Record<string, string>> {
  const given: Record<string, string> = {};
  for (const field of TEXT_FIELDS) {
    const value = option(typed, field);
    if (value !== null) given[field] = value;
  }
  for (const [name, value] of Object.entries(readPairs(texts(typed.options['attribute']))))
    given[`attributes.${name}`] = value;
  return given;
}
