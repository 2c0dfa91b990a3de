import { Ansis } from 'ansis';
import type { Config } from '../../../config/options.ts';
import { NAMED_PEOPLE, PEOPLE, type NamedPerson } from './people.ts';

export interface GuideAbout {
  readonly config: Config;
  /** Whether to use bold and dim text. */
  readonly colours: boolean;
  readonly definition: string;
}

/** What to open and whom to be, for somebody who sees this for the first time. */
export function guide({ config, colours, definition }: GuideAbout): string {
  const { bold, dim, cyan } = new Ansis(colours ? 1 : 0);
  const command = (text: string): string => `    ${text}`;
  return `
${bold('Tributary is running.')} Open this address:

    ${cyan(`${config.publicUrl}/sign-in`)}

ACME, an invented customer, keeps ${PEOPLE.toLocaleString('en')} people in a database of its own. Sign in as one of them:

${NAMED_PEOPLE.map((person) => personLines(person, dim)).join('\n')}

    Captured mail    ${cyan(`${config.publicUrl}/mailbox`)}
    Console          ${cyan(`${config.publicUrl}/console`)} ${dim('(the one-time link above makes its first operator)')}

From another terminal, in this directory:

${[
  'bin/tributary provider list',
  'bin/tributary run list',
  'bin/tributary sync acme-hr --dry-run --wait',
  `bin/tributary profile show ${NAMED_PEOPLE[0]?.login ?? ''}`,
]
  .map(command)
  .join('\n')}

${dim(`The provider's definition is ${definition}.`)}
${dim('Everything is kept there: starting again goes on, --reset starts afresh. Ctrl-C stops.')}
`;
}

function personLines(person: NamedPerson, dim: (text: string) => string): string {
  const password = person.password ?? '(none yet)';
  return `    ${person.login.padEnd(17)}${password.padEnd(23)}${person.name}\n    ${' '.repeat(17)}${dim(person.story)}`;
}
