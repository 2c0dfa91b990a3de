import { AppError } from '../kernel/errors.ts';
import { flag, type Typed } from './command.ts';

/** One thing by its id, or all of them with `--all`. @throws AppError `WHICH_UNCLEAR` for neither and for both. */
export function readWhich(typed: Typed): { readonly id: string } | { readonly all: true } {
  const [id] = typed.args;
  const all = flag(typed, 'all');
  if (typeof id === 'string' && !all) return { id };
  if (id === undefined && all) return { all: true };
  throw new AppError({
    kind: 'invalid',
    code: 'WHICH_UNCLEAR',
    message: 'Say which one by its id, or all with --all.',
  });
}
