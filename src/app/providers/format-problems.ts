import { WEAK_FORMAT_WORDS, type PasswordRules } from '../../../connectors/contract/definition.ts';
import type { Problem } from '../../kernel/errors.ts';
import { isWeak, isWritten, KNOWN_FORMATS, WRITABLE_FORMATS } from '../../passwords/format-names.ts';

/** What of a definition says how hashes are read and written. */
export interface FormatSettings {
  readonly format: PasswordRules['format'];
  readonly writeBack: Pick<PasswordRules['writeBack'], 'enabled' | 'format' | 'weakFormatAccepted'>;
}

const NAMES = KNOWN_FORMATS.map(({ name }) => name);

/** Formats that nobody knows, and weak ones that nobody accepted. */
export function formatProblems(settings: FormatSettings): readonly Problem[] {
  const { enabled, format } = settings.writeBack;
  return [...readProblems(settings), ...(enabled || format !== undefined ? writeProblems(settings) : [])];
}

function readProblems({ format }: FormatSettings): readonly Problem[] {
  if (typeof format !== 'string' || format === 'auto' || NAMES.includes(format)) return [];
  return [unknownFormat('password.format', ['auto', ...NAMES])];
}

function writeProblems({ format, writeBack }: FormatSettings): readonly Problem[] {
  const path = 'password.writeBack.format';
  if (writeBack.format !== undefined && !isWritten(writeBack.format))
    return [unknownFormat(path, WRITABLE_FORMATS)];
  if (writeBack.weakFormatAccepted !== undefined || !isWeak(writeBack.format ?? format)) return [];
  const message =
    writeBack.format === undefined
      ? 'is missing, and the format of the provider is weak: whoever reads its table could learn the passwords'
      : 'is weak: whoever reads the table could learn the passwords';
  const remedy = `Use one of: ${WRITABLE_FORMATS.join(', ')}. Or accept it with password.writeBack.weakFormatAccepted: "${WEAK_FORMAT_WORDS}".`;
  return [{ path, code: 'FORMAT_WEAK', message, remedy }];
}

function unknownFormat(path: string, known: readonly string[]): Problem {
  const message = 'is not a password format that can be used here';
  return { path, code: 'FORMAT_UNKNOWN', message, remedy: `Use one of: ${known.join(', ')}.` };
}
