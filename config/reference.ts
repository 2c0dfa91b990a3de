import type { Option } from './option.ts';
import { OPTIONS } from './options.ts';
import { FILE_VARIABLE } from './config-error.ts';

const INTRODUCTION = `# Configuration

Made from \`config/options.ts\` by \`npm run docs:reference\`; do not edit.

Every option is an environment variable. They may also stand in a file named by \`${FILE_VARIABLE}\`: YAML (\`.yaml\`,
\`.yml\`) with the same names as keys, or lines of \`NAME=value\`. The environment wins over the file, the file over the
default. A variable that is set to nothing counts as unset; an unknown \`TRIBUTARY_…\` name is an error. Relative paths
start from the directory in which the process was started.

\`bin/tributary config\` shows what is in force, where it comes from, and never a secret.
`;

/** The reference of every option, as Markdown. */
export function configReference(): string {
  const options: readonly Option[] = Object.values(OPTIONS);
  const groups = [...new Set(options.map((option) => option.group))];
  const sections = groups.map((group) => {
    const entries = options.filter((option) => option.group === group).map(entry);
    return `## ${group}\n\n${entries.join('\n')}`;
  });
  return [INTRODUCTION, ...sections].join('\n');
}

function entry(option: Option): string {
  const fallback = option.fallbackText ?? `\`${String(option.fallback)}\``;
  const secret = option.secret === undefined ? '' : 'Secret: never printed. ';
  return `### \`${option.variable}\`

${option.description}

${secret}Takes ${option.expects}. Default: ${fallback}.
`;
}
