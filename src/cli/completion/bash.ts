import type { Completes } from '../command.ts';
import type { Place } from './places.ts';

/** For bash 4 and later. */
export function bashScript(places: readonly Place[]): string {
  return `# bash completion for tributary; made by: tributary completion bash
_tributary() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} place= words= word i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    case "\${place:+$place }$word" in
${known(places)}) place="\${place:+$place }$word" ;;
    esac
  done
  case "$place" in
${places.map(wordsOf).join('\n')}
  esac
  case "$place|$prev" in
${places.flatMap(valuesOf).join('\n')}
  esac
  [[ $cur == -* || -z $place || $words != -* ]] && { COMPREPLY=($(compgen -W "$words" -- "$cur")); return; }
  case "$place" in
${places.flatMap(argumentOf).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -F _tributary tributary
`;
}

function known(places: readonly Place[]): string {
  const paths = places.map(({ path }) => path).filter((path) => path !== '');
  return `      ${paths.map((path) => `'${path}'`).join('|')}`;
}

function wordsOf({ path, words }: Place): string {
  return `    '${path}') words='${words.map(({ word }) => word).join(' ')}' ;;`;
}

function valuesOf({ path, values }: Place): readonly string[] {
  return [...values].flatMap(([flag, completes]) =>
    flag === null ? [] : [`    '${path}|${flag}') ${reply(completes)}; return ;;`],
  );
}

function argumentOf({ path, values }: Place): readonly string[] {
  const completes = values.get(null);
  return completes === undefined ? [] : [`    '${path}') ${reply(completes)}; return ;;`];
}

function reply(completes: Completes): string {
  if (completes === 'files') return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur"))';
  const words =
    completes === 'providers'
      ? '$("${COMP_WORDS[0]}" completion providers 2>/dev/null)'
      : completes.join(' ');
  return `COMPREPLY=($(compgen -W "${words}" -- "$cur"))`;
}
