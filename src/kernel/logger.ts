import type { Writable } from 'node:stream';
import winston from 'winston';
import type { Logger } from '../../connectors/contract/tools.ts';
import { jsonLine, textLine, type LogLine } from './log-text.ts';
import { plainFields, type Plain } from './plain-fields.ts';

export interface LoggerOptions {
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  /** `text` for people, `json` one document a line. */
  readonly format: 'text' | 'json';
  /** Where lines go: standard error, so that standard output holds results only. */
  readonly stream: Writable;
  readonly colours: boolean;
}

/**
 * Prints lines that can be trusted: no secret, no people's data from database
 * errors, no line that a value made look like another; errors with their causes.
 */
export function createLogger(options: LoggerOptions): Logger {
  const print = (line: LogLine): string =>
    options.format === 'json' ? jsonLine(line) : textLine(line, options.colours);
  const root = winston.createLogger({
    level: options.level,
    format: winston.format.printf(({ level, message, fields }) =>
      print({
        time: new Date().toISOString(),
        level,
        message: String(message),
        fields: fields as Readonly<Record<string, Plain>>,
      }),
    ),
    transports: [new LineStream({ stream: options.stream, eol: '\n' })],
  });
  return bind(root, {});
}

/** winston declares its transports as interfaces, and asks for an instance of the class. */
const LineStream: new (options: winston.transports.StreamTransportOptions) => winston.transport =
  winston.transports.Stream;

/** Fields go in one property of their own: winston joins a field called `message` to the message. */
function bind(root: winston.Logger, bound: object): Logger {
  const write =
    (level: string) =>
    (message: string, fields: object = {}): void => {
      if (!root.isLevelEnabled(level)) return;
      root.log({ level, message, fields: { ...plainFields(bound), ...plainFields(fields) } });
    };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (fields) => bind(root, { ...bound, ...fields }),
  };
}
