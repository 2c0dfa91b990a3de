import type { ReactNode } from 'react';
import { compact } from './draft/compact.ts';
import { definitionYaml } from './draft/yaml.ts';
import { CopyBlock } from './forms/copy-block.tsx';
import type { ShownProvider } from './queries.ts';

export interface DefinitionTextProps {
  readonly provider: ShownProvider;
  /** One group of it; the whole unless given. */
  readonly part?: string;
}

/** The definition as it is in force, for those who may not change it. */
export function DefinitionText({ provider, part }: DefinitionTextProps): ReactNode {
  const whole = compact(provider.definition);
  const shown = part === undefined ? whole : { [part]: whole[part] };
  return <CopyBlock text={definitionYaml(shown)} label="Definition" />;
}
