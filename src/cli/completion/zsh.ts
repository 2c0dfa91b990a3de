import type { Completes } from '../command.ts';
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
${places.flatMap(valuesOf).join('\n')}
  esac
  case "$place" in
${places.map(wordsOf).join('\n')}
  esac
  if [[ \${words[CURRENT]} != -* ]]; then
    case "$place" in
${places.flatMap(argumentOf).join('\n')}
    esac
  fi
  _describe tributary said
}
compdef _tributary tributary
`;
}

function known(places: readonly Place[]): string {
  const paths = places.map(({ path }) => path).filter((path) => path !== '');
  return `      ${paths.map((path) => `'${path}'`).join('|')}`;
}

function wordsOf({ path, words }: Place): string {
  return `    '${path}') said=(${words.map(described).join(' ')}) ;;`;
}

function described({ word, says }: Suggestion): string {
  return `'${word}:${says.replaceAll("'", "'\\''").replaceAll(':', '\\:')}'`;
}

function valuesOf({ path, values }: Place): readonly string[] {
  return [...values].flatMap(([flag, completes]) =>
    flag === null ? [] : [`    '${path}|${flag}') ${reply(completes)}; return ;;`],
  );
}

function argumentOf({ path, values }: Place): readonly string[] {
  const completes = values.get(null);
  return completes === undefined ? [] : [`      '${path}') ${reply(completes)}; return ;;`];
}

function reply(completes: Completes): string {
  if (completes === 'files') return '_files';
  if (completes === 'providers')
    return 'compadd -- ${(f)"$("${(e)words[1]}" completion providers 2>/dev/null)"}';
  return `compadd -- ${completes.join(' ')}`;
}
