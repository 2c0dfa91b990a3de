import { AppError } from '../../kernel/errors.ts';
import type { Target } from '../asks/providers.ts';
import { option, type Session, type Typed } from '../command.ts';
import { readDefinition } from '../read-definition.ts';

/**
 * The provider a command is about: a registered one by name, or one from a file.
 *
 * @param scope `whereabouts`: the file need not say more than where the database is.
 * @throws AppError `WHICH_UNCLEAR` for neither and for both.
 */
export async function readTarget(
  session: Session,
  typed: Typed,
  scope: 'whole' | 'whereabouts' = 'whole',
): Promise<Target> {
  const [name] = typed.args;
  const file = option(typed, 'file');
  if (typeof name === 'string' && file === null) return { name };
  if (name === undefined && file !== null)
    return await readDefinition(file, session.runtime.environment, scope);
  throw new AppError({
    kind: 'invalid',
    code: 'WHICH_UNCLEAR',
    message: 'Say which provider: its name, or -f and a file.',
  });
}
