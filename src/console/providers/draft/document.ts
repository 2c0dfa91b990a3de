/** A provider definition as its author writes it, so far as it is written. The database's password is never in it. */
export type Document = Readonly<Record<string, unknown>>;

/** A setting: `connection.host`, or its parts where a part may hold a dot. */
export type Path = string | readonly string[];

const partsOf = (path: Path): readonly string[] => (typeof path === 'string' ? path.split('.') : path);

export function isGroup(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What stands at a path; undefined when nothing does. */
export function at(document: unknown, path: Path): unknown {
  return partsOf(path).reduce<unknown>(
    (value, part) => (isGroup(value) && Object.hasOwn(value, part) ? value[part] : undefined),
    document,
  );
}

export function textAt(document: unknown, path: Path): string {
  const value = at(document, path);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

export function listAt(document: unknown, path: Path): readonly string[] {
  const value = at(document, path);
  return Array.isArray(value) ? value.map(String) : [];
}

/** A text, a number or a truth value as text; empty for everything else. */
export function plainText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

/** The document with one setting changed. Undefined takes it out, and groups that become empty with it. */
export function put(document: Document, path: Path, value: unknown): Document {
  const [key = '', ...rest] = partsOf(path);
  const present = document[key];
  const inner = rest.length === 0 ? value : put(isGroup(present) ? present : {}, rest, value);
  const gone = inner === undefined || (rest.length > 0 && isGroup(inner) && Object.keys(inner).length === 0);
  if (!gone) return { ...document, [key]: inner };
  return Object.fromEntries(Object.entries(document).filter(([name]) => name !== key));
}

export type ConnectorKind = 'postgres' | 'mysql' | 'sqlite' | 'push';

export function kindOf(document: Document): ConnectorKind {
  const kind = document['connector'];
  return kind === 'mysql' || kind === 'sqlite' || kind === 'push' ? kind : 'postgres';
}

/** Whether the database asks for a password. */
export function asksForPassword(document: Document): boolean {
  const kind = kindOf(document);
  return kind === 'postgres' || kind === 'mysql';
}

/** As the API takes it. @param password null: the one that is stored, or none. */
export function withPassword(document: Document, password: string | null): Document {
  return password === null || password === '' || !asksForPassword(document)
    ? document
    : put(document, 'connection.password', password);
}

const MADE_UP: Document = { name: 'draft' };

/** The part that says where the database is, for looking around in it. */
export function whereabouts(document: Document): Document {
  const { name, connector, connection } = { ...MADE_UP, ...document };
  return { name, connector, ...(connection !== undefined && { connection }) };
}

/** Whether there is enough of it to map records. */
export function canMap(document: Document): boolean {
  const source = at(document, 'source');
  const named =
    kindOf(document) === 'push' || textAt(source, 'table') !== '' || textAt(source, 'query') !== '';
  return named && listAt(source, 'key').length > 0 && at(document, 'mapping.username') !== undefined;
}
