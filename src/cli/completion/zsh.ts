import type { Completes } from '../command.ts';
import { argumentCases, known, valueCases } from './cases.ts';
import type { Place, Suggestion } from './places.ts';

export function zshScript(places: readonly Place[]): string {
  return `#compdef tributary
# zsh completion for tributary; made by: tributary completion zsh
_tributary() {
  local place= word
  local -a said
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "\${place:+$place }$word" in
${known(places)}) place="\${place:+$place }$word" ;;
    esac
  done
  case "$place|\${words[CURRENT-1]}" in
${valueCases(places, reply)}
  esac
  case "$place" in
${places.map(wordsOf).join('\n')}
  esac
  if [[ \${words[CURRENT]} != -* ]]; then
    case "$place" in
${argumentCases(places, reply)}
    esac
  fi
  _describe tributary said
}
compdef _tributary tributary
`;
}

function wordsOf({ path, words }: Place): string {
  return `    '${path}') said=(${words.map(described).join(' ')}) ;;`;
}

function described({ word, says }: Suggestion): string {
  return `'${word}:${says.replaceAll("'", "'\\''").replaceAll(':', '\\:')}'`;
}

function reply(completes: Completes): string {
  if (completes === 'files') return '_files';
  if (completes === 'providers')
    return 'compadd -- ${(f)"$("${(e)words[1]}" completion providers 2>/dev/null)"}';
  return `compadd -- ${completes.join(' ')}`;
}
