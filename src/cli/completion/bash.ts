import type { Completes } from '../command.ts';
import { argumentCases, known, valueCases } from './cases.ts';
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
${valueCases(places, reply)}
  esac
  [[ $cur == -* || -z $place || $words != -* ]] && { COMPREPLY=($(compgen -W "$words" -- "$cur")); return; }
  case "$place" in
${argumentCases(places, reply)}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -F _tributary tributary
`;
}

function wordsOf({ path, words }: Place): string {
  return `    '${path}') words='${words.map(({ word }) => word).join(' ')}' ;;`;
}

function reply(completes: Completes): string {
  if (completes === 'files') return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur"))';
  const words =
    completes === 'providers'
      ? '$("${COMP_WORDS[0]}" completion providers 2>/dev/null)'
      : completes.join(' ');
  return `COMPREPLY=($(compgen -W "${words}" -- "$cur"))`;
}
