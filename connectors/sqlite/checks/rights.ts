import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Finding } from '../../contract/connector.ts';
import { passed, problem, warning } from '../../contract/checks/findings.ts';
import { printGrants } from '../grants.ts';
import type { CheckSubject } from './subject.ts';

/** Whether the operating system lets us do what is asked of us. That the file can be read is known. */
export async function checkRights(
  { options, tools }: CheckSubject,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const readable = passed('rights', 'the file can be read');
  if (options.writeBack === null) return [readable];
  const path = await tools.locate(options.connection.file, signal);
  const denied = [
    ...((await may(path)) ? [] : ['the file']),
    ...((await may(dirname(path))) ? [] : ['the folder it is in']),
  ];
  if (denied.length > 0)
    return [
      problem('rights', {
        code: 'SOURCE_PERMISSION_DENIED',
        message: `Passwords are to be written back, and Tributary may not write to ${denied.join(' and ')}.`,
        remedy: printGrants(options),
      }),
    ];
  return [readable, ...(await checkOwner(path))];
}

/** While the application has a file open that keeps a log, both sides use the same two files beside it. */
async function checkOwner(path: string): Promise<readonly Finding[]> {
  const user = process.getuid?.() ?? 0;
  const { uid } = await stat(path);
  if (user === 0 || user === uid) return [];
  return [
    warning('rights', {
      code: 'FILE_OWNER_DIFFERS',
      message: 'The file belongs to another user: a log that Tributary makes beside it belongs to Tributary.',
      remedy:
        'Run Tributary as the user that owns the file, or give both users the default rights that tributary provider grants prints.',
    }),
  ];
}

async function may(path: string): Promise<boolean> {
  return await access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
}
