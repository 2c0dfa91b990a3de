import { AppError } from '../../../kernel/errors.ts';
import { flag, option, type Session, type Typed } from '../../command.ts';
import { fromTemplate } from './from-template.ts';

/** Writes a definition to go on from: as a template has it, or as somebody at the terminal decides. */
export async function init(session: Session, typed: Typed): Promise<undefined> {
  if (option(typed, 'template') !== null) {
    await fromTemplate(session, typed);
    return;
  }
  if (!process.stdin.isTTY || !process.stderr.isTTY || flag(typed, 'json')) throw nobodyToAsk();
  const { wizard } = await import('./wizard.ts');
  await wizard(session, typed);
}

function nobodyToAsk(): AppError {
  return new AppError({
    kind: 'invalid',
    code: 'NOBODY_TO_ASK',
    message: 'Without a terminal there is nobody to ask what the definition is to say.',
    remedy:
      'Give --template; or name the database in a file, and: tributary provider discover -f FILE --yaml',
  });
}
