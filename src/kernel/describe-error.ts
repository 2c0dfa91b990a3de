/**
 * The properties of errors that are facts about what happened. A list of what
 * may be shown: `detail`, `where`, `query` and `parameters` of database errors,
 * and whatever else a library hangs on its errors, may hold people's data.
 */
const FACTS = [
  'code',
  'kind',
  'remedy',
  'problems',
  'severity',
  'schema',
  'table',
  'column',
  'constraint',
  'errno',
  'syscall',
  'address',
  'port',
  'command',
  'responseCode',
] as const;

/** An error as fields: name, message, facts, the frames of its stack and its cause, without people's data. */
export function describeError(error: Error): Readonly<Record<string, unknown>> {
  const facts: Record<string, unknown> = { name: error.name, message: error.message };
  for (const name of FACTS) {
    const value: unknown = Object.getOwnPropertyDescriptor(error, name)?.value;
    if (value !== undefined && value !== null && value !== '') facts[name] = value;
  }
  if (error instanceof AggregateError) facts['errors'] = error.errors;
  const stack = framesOf(error);
  if (stack.length > 0) facts['stack'] = stack;
  if (error.cause !== undefined) facts['cause'] = error.cause;
  return facts;
}

const FRAMES = 12;

/** The stack without the message, which would bring its line breaks along. */
function framesOf(error: Error): readonly string[] {
  const stack = error.stack ?? '';
  const after = stack.indexOf(error.message) + error.message.length;
  return stack
    .slice(after)
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, FRAMES)
    .map((line) => line.trim());
}
