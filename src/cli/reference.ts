import type { CommandSpec, OptionSpec } from './command.ts';
import { COMMANDS } from './commands.ts';
import { sentence } from './help/page.ts';

const MACHINE = COMMANDS.filter(({ works }) => works === 'machine')
  .map(({ words }) => `\`${words}\``)
  .join(', ');

const INTRODUCTION = `# Commands

Made from the command tree in \`src/cli\` by \`npm run docs:reference\`; do not edit.

\`bin/tributary COMMAND --help\` says the same for one command. \`<…>\` has to be given, \`[…]\` may be left out, and \`…\`
after a name means one or more. WHO is a profile's id, username or e-mail address.

\`--json\` on every command but \`demo\` and \`start\` prints one JSON document on standard output (lists: one document a
line) and nothing else there. Errors, hints and progress go to standard error: a bar on a terminal, a line now and then
elsewhere. \`NO_COLOR\` turns colours off.

Commands work on the store directly, whether a server runs or not. Work they only request, such as e-mails and runs
without \`--wait\`, is done by a running server. With \`--server URL\` or \`TRIBUTARY_SERVER\`, and an API token in
\`TRIBUTARY_TOKEN\`, they ask an installation elsewhere over its API, with the same words, JSON and exit codes; see
[from another machine](../guide/from-another-machine.md). What works on the machine itself (${MACHINE})
says so.

## Exit codes

| code | meaning                                                          |
| ---- | ---------------------------------------------------------------- |
| 0    | done                                                             |
| 1    | failed, or done in part: standard error says what and what to do |
| 2    | called in a way that cannot be meant: nothing was done           |
| 3    | held by a safeguard: an operator has to approve or reject        |
`;

/** The reference of every command, as Markdown, in the order of help. */
export function commandReference(commands: readonly CommandSpec[] = COMMANDS): string {
  const groups = [...new Set(commands.map(groupOf))];
  const sections = groups.map((group) => {
    const entries = commands.filter((command) => groupOf(command) === group).map(entry);
    return `## ${group}\n\n${entries.join('\n')}`;
  });
  return [INTRODUCTION, ...sections].join('\n');
}

function groupOf({ words }: CommandSpec): string {
  const [first = '', second] = words.split(' ');
  return second === undefined ? 'The installation, and sync' : first;
}

function entry({ words, args, summary, about, examples, options = [] }: CommandSpec): string {
  const usage = ['bin/tributary', words, args, ...options.map(inUsage)].filter(isGiven).join(' ');
  const heading = `### \`${words}\`\n\n${sentence(summary)} ${about}\n\n\`\`\`\n${usage}\n\`\`\`\n`;
  const list = options.length === 0 ? '' : `\n${options.map(inList).join('\n')}\n`;
  const shown = examples.map(({ run, says }) => `- \`bin/tributary ${run}\`: ${says}`).join('\n');
  return `${heading}${list}\n${shown}\n`;
}

function isGiven(part: string | undefined): part is string {
  return part !== undefined;
}

function inUsage({ flags, required }: OptionSpec): string {
  const long = flags.replace(/^-\w, /, '');
  return required === true ? long : `[${long}]`;
}

function inList({ flags, description, default: fallback, required }: OptionSpec): string {
  const notes = [
    ...(required === true ? ['Required.'] : []),
    ...(typeof fallback === 'string' ? [`Default: \`${fallback}\`.`] : []),
  ];
  return [`- \`${flags}\`: ${description}.`, ...notes].join(' ');
}
