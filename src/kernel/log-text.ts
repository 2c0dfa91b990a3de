import { Ansis } from 'ansis';
import type { Plain } from './plain-fields.ts';

export interface LogLine {
  readonly time: string;
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, Plain>>;
}

/** Control characters, line separators and marks that reorder text: they could forge or hide a line. */
const UNSAFE = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

function escapeUnsafe(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** One JSON document, on one line. */
export function jsonLine({ time, level, message, fields }: LogLine): string {
  return escapeUnsafe(JSON.stringify({ ...fields, time, level, message }));
}

/** A line for people: time, level, message and fields; errors below it, with their causes. */
export function textLine(line: LogLine, colours: boolean): string {
  const paint = new Ansis(colours ? 1 : 0);
  const errors: string[] = [];
  const fields: string[] = [];
  for (const [name, value] of Object.entries(line.fields)) {
    if (isError(value)) errors.push(...errorLines(value, name, '  '));
    else fields.push(`${paint.dim(`${escapeUnsafe(name)}=`)}${fieldText(value)}`);
  }
  const level = { error: paint.red, warn: paint.yellow, debug: paint.dim }[line.level] ?? paint.green;
  const head = [paint.dim(line.time), level(line.level.padEnd(5)), escapeUnsafe(line.message), ...fields];
  return [head.join(' '), ...errors].join('\n');
}

function fieldText(value: Plain): string {
  if (typeof value === 'string' && /^[\p{L}\p{N}_@:/.,+-]+$/u.test(value)) return value;
  return escapeUnsafe(JSON.stringify(value));
}

interface ErrorFields {
  readonly name: string;
  readonly message: string;
  readonly [fact: string]: Plain;
}

function isError(value: Plain | undefined): value is ErrorFields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return 'stack' in value && 'name' in value && 'message' in value;
}

function errorLines(error: ErrorFields, label: string, indent: string): readonly string[] {
  const { name, message, stack, cause, ...facts } = error;
  const told = Object.entries(facts).map(([fact, value]) => `${fact}=${fieldText(value)}`);
  const head = `${indent}${label}: ${escapeUnsafe(name)}: ${escapeUnsafe(message)}`;
  const frames = Array.isArray(stack)
    ? stack.map((frame) => `${indent}    ${escapeUnsafe(String(frame))}`)
    : [];
  const below = isError(cause)
    ? errorLines(cause, 'caused by', indent)
    : cause === undefined
      ? []
      : [`${indent}caused by: ${fieldText(cause)}`];
  return [[head, ...told].join(' '), ...frames, ...below];
}
