import type { ConnectorOptions } from '../contract/connector.ts';

/** There is no login to grant anything to; what the other side needs is a key. */
export function printGrants({ name }: ConnectorOptions): string {
  return [
    '-- Nothing to grant: Tributary does not connect to this provider.',
    `-- Its system posts to /hooks/providers/${name}, signed with the key that`,
    `-- tributary provider key ${name} prints.`,
    '',
  ].join('\n');
}
