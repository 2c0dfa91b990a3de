import { Document as YamlDocument, LineCounter, parseDocument } from 'yaml';
import { asksForPassword, at, isGroup, put, textAt, type Document } from './document.ts';

/** The variable that the command takes the password from: `ACME_HR_PASSWORD` for `acme-hr`; none begins with a digit. */
export function passwordVariable(name: string): string {
  const words = (name === '' ? 'provider' : name).toUpperCase().replaceAll('-', '_');
  return `${words.replace(/^(?=\d)/, '_')}_PASSWORD`;
}

/** What is kept in git: the definition, with the name of a variable where the password would be. */
export function fileForGit(document: Document): string {
  const variable = passwordVariable(textAt(document, 'name'));
  const full = asksForPassword(document) ? put(document, 'connection.password', `\${${variable}}`) : document;
  const written = new YamlDocument(ordered(full));
  const name = textAt(document, 'name');
  written.commentBefore = ` Applied with: bin/tributary provider apply -f ${name === '' ? 'provider' : name}.yaml`;
  return written.toString({ lineWidth: 110 });
}

/** The same without a word about the password, for editing what is registered. */
export function definitionYaml(document: Document): string {
  return new YamlDocument(ordered(document)).toString({ lineWidth: 110 });
}

/** The order that the guide explains settings in, on every level; a database keeps none. */
const ORDER: readonly string[] = [
  ...['host', 'port', 'database', 'user'],
  ...['name', 'connector', 'template', 'connection', 'source', 'changes', 'mapping', 'password', 'match'],
  ...['tls', 'ca', 'table', 'query', 'key', 'where'],
  ...['mode', 'cursor', 'overlapMinutes', 'delta', 'full', 'timeZone'],
  ...['username', 'email', 'givenName', 'familyName', 'displayName', 'locale', 'enabled', 'attributes'],
  ...['column', 'columns', 'coalesce', 'expression', 'join', 'transform', 'default'],
];

/** Groups whose members are somebody else's words. */
const AS_IT_IS = new Set(['switch', 'set']);

function ordered(document: Document): Document {
  const rank = (key: string): number => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length);
  return Object.fromEntries(
    Object.entries(document)
      .toSorted(([a], [b]) => rank(a) - rank(b))
      .map(([key, value]) => [key, isGroup(value) && !AS_IT_IS.has(key) ? ordered(value) : value]),
  );
}

export type ReadYaml =
  | { readonly ok: true; readonly document: Document; readonly password: string | null }
  | { readonly ok: false; readonly message: string };

const VARIABLE = /^\$\{\w+\}$/;
const MOST_ALIASES = 50;

/** Takes the password out; one that names a variable means the one that is stored. */
export function readYaml(text: string): ReadYaml {
  const lines = new LineCounter();
  const parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [fault] = [...parsed.errors, ...parsed.warnings];
  if (fault !== undefined) {
    const { line, col } = lines.linePos(fault.pos[0]);
    return { ok: false, message: `Line ${String(line)}, column ${String(col)}: ${fault.message}` };
  }
  const value: unknown = parsed.toJS({ maxAliasCount: MOST_ALIASES });
  if (!isGroup(value)) return { ok: false, message: 'This is no definition: it has no settings.' };
  const given = at(value, 'connection.password');
  const password = typeof given === 'string' && !VARIABLE.test(given) ? given : null;
  return { ok: true, document: put(value, 'connection.password', undefined), password };
}
