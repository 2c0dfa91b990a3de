import { ROLES, type Role } from '../../../config/options.ts';
import { AppError } from '../../kernel/errors.ts';
import { flag, option, type ExitCode, type Session, type Typed } from '../command.ts';

export async function start(session: Session, typed: Typed): Promise<ExitCode> {
  const exitCode = await session.runtime.start(readRoles(option(typed, 'roles')));
  return exitCode === 0 ? 0 : 1;
}

export async function demo(session: Session, typed: Typed): Promise<ExitCode> {
  const exitCode = await session.runtime.demo({ reset: flag(typed, 'reset') });
  return exitCode === 0 ? 0 : 1;
}

/** Null: as configured. */
function readRoles(text: string | null): readonly Role[] | null {
  if (text === null) return null;
  const words = text.split(',').map((word) => word.trim());
  const roles = ROLES.filter((role) => words.includes(role));
  if (roles.length > 0 && roles.length === new Set(words).size) return roles;
  throw new AppError({
    kind: 'invalid',
    code: 'ROLES_INVALID',
    message: `--roles takes ${ROLES.join(', ')}, separated by commas.`,
  });
}
