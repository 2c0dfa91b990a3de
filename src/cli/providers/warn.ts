import type { ShownProvider } from '../asks/providers.ts';
import type { Output } from '../output.ts';

/** Says what is allowed and probably not meant. */
export function warn(output: Output, warnings: ShownProvider['warnings']): void {
  for (const { path, message, remedy } of warnings) {
    output.say(`${output.style('yellow', 'warning')}: ${path}: ${message}. ${remedy}`);
  }
}
