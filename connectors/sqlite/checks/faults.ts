import type { CheckStep, Finding } from '../../contract/connector.ts';
import { problem } from '../../contract/checks/findings.ts';
import { ConnectorError, type ConnectorErrorCode } from '../../contract/errors.ts';
import { printGrants } from '../grants.ts';
import type { CheckSubject } from './subject.ts';

/** Where a fault of the source shows, whatever was being asked. Others belong to the step at hand. */
const STEPS: Partial<Record<ConnectorErrorCode, CheckStep>> = {
  SOURCE_FILE_REFUSED: 'file',
  SOURCE_DATABASE_MISSING: 'file',
  SOURCE_PERMISSION_DENIED: 'rights',
};

const REMEDIES: Partial<Record<ConnectorErrorCode, string>> = {
  SOURCE_FILE_REFUSED:
    'Put the folder of the file into TRIBUTARY_SQLITE_FOLDERS, and name a SQLite 3 database in connection.file.',
  SOURCE_DATABASE_MISSING:
    'Check connection.file, and that the file is on the machine that Tributary runs on.',
  SOURCE_TIMEOUT: 'Give source.where or source.query an index to go by.',
  SOURCE_BUSY:
    'Have the application end its transactions, and open the file with it once when it was ended in the middle of one.',
  SOURCE_SCHEMA_CHANGED:
    'Name the columns and tables as the file has them: tributary provider discover shows them.',
  SOURCE_QUERY_REFUSED:
    'Mend the SQL in source.query or source.where; it must be one statement that only reads this file.',
};

/** @returns what went wrong as a finding; the step is that of the fault where it tells, else the one given. */
export function fault(thrown: unknown, subject: CheckSubject, step: CheckStep): Finding {
  if (!(thrown instanceof ConnectorError)) throw thrown;
  const remedy =
    thrown.code === 'SOURCE_PERMISSION_DENIED'
      ? printGrants(subject.options)
      : (REMEDIES[thrown.code] ?? 'Check the file with: sqlite3 FILE "PRAGMA integrity_check"');
  return problem(STEPS[thrown.code] ?? step, { code: thrown.code, message: thrown.message, remedy });
}
