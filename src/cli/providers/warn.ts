import type { DefinitionWarning } from '../../domain/providers/definition-warnings.ts';
import type { Output } from '../output.ts';

/** Says what is allowed and probably not meant. */
export function warn(output: Output, warnings: readonly DefinitionWarning[]): void {
  for (const { path, message, remedy } of warnings) {
    output.say(`${output.style('yellow', 'warning')}: ${path}: ${message}. ${remedy}`);
  }
}
