import type { LoadedConfig, Origin } from './load.ts';
import type { Option } from './option.ts';
import { OPTIONS, type Config, type OptionName } from './options.ts';

/** One option as shown to an operator. `value` is null when unset, and masked where it is secret. */
export interface ShownOption {
  readonly variable: string;
  readonly group: string;
  readonly value: string | null;
  readonly origin: Origin;
  readonly secret: boolean;
  readonly description: string;
}

const MASK = '********';

/** Every option with its present value and where that comes from; secrets are masked. */
export function describeConfig(loaded: LoadedConfig): readonly ShownOption[] {
  return (Object.keys(OPTIONS) as OptionName[]).map((name) => {
    const option: Option = OPTIONS[name];
    return {
      variable: option.variable,
      group: option.group,
      value: shown(option, loaded.config[name]),
      origin: loaded.origins[name],
      secret: option.secret !== undefined,
      description: option.description,
    };
  });
}

/** The same as text for a terminal: a heading a group, a line an option. */
export function printConfig(loaded: LoadedConfig): string {
  const options = describeConfig(loaded);
  const wide = Math.max(...options.map(({ variable }) => variable.length));
  const lines: string[] = [];
  let group = '';
  for (const option of options) {
    if (option.group !== group) lines.push('', option.group);
    group = option.group;
    lines.push(`  ${option.variable.padEnd(wide)}  ${option.value ?? '(unset)'}  (${option.origin})`);
  }
  return `${lines.slice(1).join('\n')}\n`;
}

function shown(option: Option, value: Config[OptionName]): string | null {
  if (value === null) return null;
  if (option.secret === 'whole') return MASK;
  if (typeof value === 'function') return maskUrl(value().toString());
  return typeof value === 'object' ? value.join(',') : String(value);
}

/** A password may also stand in the query, and a path never is one. */
function maskUrl(text: string): string {
  const url = new URL(text);
  const login = url.password === '' ? url.username : `${url.username}:${MASK}`;
  return `${url.protocol}//${login === '' ? '' : `${login}@`}${url.host}${url.pathname}`;
}
