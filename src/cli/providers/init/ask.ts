import * as prompts from '@clack/prompts';
import { AppError } from '../../../kernel/errors.ts';

/** Questions go to standard error, as everything that is no result. */
const output = process.stderr;

export interface Choice<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly hint?: string;
}

/** @throws AppError `NOT_CONFIRMED` when the question is left with Ctrl+C or Escape. */
function given<T>(answer: T | typeof prompts.CANCEL_SYMBOL): T {
  if (!prompts.isCancel(answer)) return answer;
  throw left();
}

export function left(): AppError {
  return new AppError({
    kind: 'invalid',
    code: 'NOT_CONFIRMED',
    message: 'The questions were left; no file was written.',
  });
}

export async function choose<V extends string>(
  message: string,
  options: readonly Choice<V>[],
  initialValue?: V,
): Promise<V> {
  const asked = { message, options: [...options] as never[], output, maxItems: 12 };
  return given(await prompts.select<V>(initialValue === undefined ? asked : { ...asked, initialValue }));
}

/** Several of them, `least` or more; those of `initial` are chosen to begin with. Nothing to choose from is not asked about. */
export async function chooseSome(
  message: string,
  options: readonly Choice<string>[],
  { initial = [], least = 0 }: { readonly initial?: readonly string[]; readonly least?: 0 | 1 },
): Promise<readonly string[]> {
  if (options.length === 0) return [];
  const chosen = { initialValues: [...initial], required: least > 0, maxItems: 12 };
  return given(await prompts.multiselect<string>({ message, options: [...options], ...chosen, output }));
}

/** @param about.check says what is wrong with an answer; undefined when nothing is. */
export async function askText(
  message: string,
  about: {
    readonly initial?: string;
    readonly placeholder?: string;
    readonly check?: (text: string) => string | undefined;
  } = {},
): Promise<string> {
  const { initial, placeholder, check } = about;
  const answer = await prompts.text({
    message,
    output,
    ...(initial === undefined ? {} : { initialValue: initial }),
    ...(placeholder === undefined ? {} : { placeholder }),
    validate: (text) => {
      const typed = (text ?? '').trim();
      return typed === '' ? 'Something has to stand here.' : check?.(typed);
    },
  });
  return given(answer).trim();
}

/** Typed unseen; may be empty. */
export async function askSecret(message: string): Promise<string> {
  return given<string | undefined>(await prompts.password({ message, output })) ?? '';
}

export async function askYes(message: string): Promise<boolean> {
  return given(await prompts.confirm({ message, output }));
}

export function begin(title: string): void {
  prompts.intro(title, { output });
}

export function tell(text: string): void {
  prompts.log.message(text, { output });
}

export function warn(text: string): void {
  prompts.log.warn(text, { output });
}

export function end(text: string): void {
  prompts.outro(text, { output });
}

/** Shows that something takes a while. */
export async function during<T>(message: string, work: () => Promise<T>): Promise<T> {
  const spinner = prompts.spinner({ output });
  spinner.start(message);
  try {
    const result = await work();
    spinner.stop(message);
    return result;
  } catch (error) {
    spinner.error(message);
    throw error;
  }
}
