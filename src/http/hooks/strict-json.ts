/** Deeper than anything that a post has. */
const MAX_DEPTH = 8;

/** Names that reach the prototype of an object somewhere down the line. */
const POLLUTING = new Set(['__proto__', 'constructor', 'prototype']);

export class JsonRefused extends Error {
  override readonly name = 'JsonRefused';
}

/** Texts and punctuation; what is between them does not matter here. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]/gs;

/**
 * Parses JSON, and refuses what parsers disagree about: a name twice in one object,
 * names that reach a prototype, and nesting beyond any sense. Looks at the text
 * before it is parsed, in one pass.
 *
 * @throws JsonRefused with a message that repeats nothing of the text.
 */
export function parseStrictJson(text: string): unknown {
  refuseOddities(text);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new JsonRefused('the body is not JSON');
  }
}

function refuseOddities(text: string): void {
  const open: (Set<string> | null)[] = [];
  let before = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : null);
      if (open.length > MAX_DEPTH) throw new JsonRefused('the body is nested too deeply');
    } else if (token === '}' || token === ']') open.pop();
    else if (token === ':') addName(open.at(-1), before);
    before = token;
  }
}

function addName(names: Set<string> | null | undefined, token: string): void {
  if (names === null || names === undefined || !token.startsWith('"')) return;
  const name = nameOf(token);
  if (POLLUTING.has(name)) throw new JsonRefused('the body has a name that no column may have');
  if (names.has(name)) throw new JsonRefused('the body has the same name twice in one object');
  names.add(name);
}

/** Two spellings of one name are one name. */
function nameOf(token: string): string {
  try {
    return JSON.parse(token) as string;
  } catch {
    throw new JsonRefused('the body is not JSON');
  }
}
