import type { PasswordChange } from './connector.ts';
import type { AlsoValue } from './definition.ts';

/** What is written along with one change: what every change writes, and in its place what this one brings. */
export function writtenAlong(
  also: Readonly<Record<string, AlsoValue>>,
  change: PasswordChange,
): Readonly<Record<string, AlsoValue>> {
  const brought = Object.entries(change.also ?? {}).map(([name, value]) => [name, value.reveal()] as const);
  return { ...also, ...Object.fromEntries(brought) };
}
