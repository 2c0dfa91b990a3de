import type { Completes } from '../command.ts';
import type { Place, Suggestion } from './places.ts';

export function fishScript(places: readonly Place[]): string {
  return `# fish completion for tributary; made by: tributary completion fish
function __tributary_complete
    set -l tokens (commandline -opc)
    set -l current (commandline -ct)
    set -l place ''
    for word in $tokens[2..-1]
        switch (string trim -- "$place $word")
            case ${known(places)}
                set place (string trim -- "$place $word")
        end
    end
    switch "$place|$tokens[-1]"
${places.flatMap(valuesOf).join('\n')}
    end
    if not string match -q -- '-*' "$current"
        switch "$place"
${places.flatMap(argumentOf).join('\n')}
        end
    end
    switch "$place"
${places.map(wordsOf).join('\n')}
    end
end
complete -c tributary -f -a '(__tributary_complete)'
`;
}

function known(places: readonly Place[]): string {
  return places
    .map(({ path }) => path)
    .filter((path) => path !== '')
    .map((path) => `'${path}'`)
    .join(' ');
}

function wordsOf({ path, words }: Place): string {
  return `        case '${path}'\n            printf '%s\\t%s\\n' ${words.map(described).join(' ')}`;
}

function described({ word, says }: Suggestion): string {
  return `${word} '${says.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function valuesOf({ path, values }: Place): readonly string[] {
  return [...values].flatMap(([flag, completes]) =>
    flag === null
      ? []
      : [`        case '${path}|${flag}'\n            ${reply(completes)}\n            return`],
  );
}

function argumentOf({ path, values }: Place): readonly string[] {
  const completes = values.get(null);
  return completes === undefined
    ? []
    : [`            case '${path}'\n                ${reply(completes)}\n                return`];
}

function reply(completes: Completes): string {
  if (completes === 'files') return '__fish_complete_path "$current"';
  if (completes === 'providers') return '$tokens[1] completion providers 2>/dev/null';
  return completes.length === 0 ? 'true' : `printf '%s\\n' ${completes.join(' ')}`;
}
