import type { ConnectorKind } from '../contract/definition.ts';

/** Part of a provider definition as its author would write it. */
export type Document = Readonly<Record<string, unknown>>;

/** A ready-made definition for one application. */
export interface Template {
  /** What a definition calls it. */
  readonly name: string;
  /** Name and versions of the application, for people. */
  readonly application: string;
  /** The databases the application runs on that there is a connector for; the usual one first. */
  readonly connectors: readonly ConnectorKind[];
  /** Everything but name, connector and connection. */
  readonly definition: Document;
  /** What is different on some of the databases, merged over `definition`. */
  readonly only?: Readonly<Partial<Record<ConnectorKind, Document>>>;
  /** How its table of people is known: by the end of its name, whatever the prefix, and by columns. */
  readonly signs: { readonly table: string; readonly columns: readonly string[] };
  readonly tested: Tested;
  /** What the template leaves out or cannot do, and why. Whole sentences. */
  readonly notes: readonly string[];
}

/** What the tests hold a template against. */
export interface Tested {
  /**
   * `application`: a database that the application made, and its own check of passwords.
   * `schema`: tables like those that the application's repository publishes.
   */
  readonly against: 'application' | 'schema';
  /** Name and version of the application. */
  readonly version: string;
  /** What tables and rules were compared with, where not all of it comes from the application at work. */
  readonly published?: Published;
}

/** Files of an application's own repository. */
export interface Published {
  /** Owner and name, as GitHub has them. */
  readonly repository: string;
  readonly files: readonly PublishedFile[];
  /** What was looked for and not found there. Whole sentences. */
  readonly missing?: readonly string[];
}

export interface PublishedFile {
  readonly path: string;
  /** The first twelve digits of the commit that it was read at. */
  readonly commit: string;
  /** Of another repository than the rest. */
  readonly repository?: string;
}

/** What a template says for one kind of database. */
export function templateDefinition(template: Template, kind: ConnectorKind): Document {
  return mergeDocuments(template.definition, template.only?.[kind] ?? {});
}

/** Whether passwords are carried to the application. */
export function writesBack({ password }: Document): boolean {
  return isGroup(password) && 'writeBack' in password;
}

/** Two ways to say where records are. */
const EITHER = ['table', 'query'];

/**
 * What the author wrote over what the template has. Groups are merged key by
 * key; texts, numbers, lists and the rule of a mapped field replace what was there
 * as a whole; `null` takes it out. A table takes the place of a query, and the reverse.
 */
export function mergeDocuments(base: Document, over: Document): Document {
  return mergeGroups(base, over, '');
}

/** Groups whose members are rules: a rule is one thing. */
const RULES = new Set(['mapping', 'mapping.attributes']);

function mergeGroups(base: Document, over: Document, path: string): Document {
  const merged = new Map(Object.entries(base));
  if (path === 'source' && EITHER.some((key) => key in over)) for (const key of EITHER) merged.delete(key);
  for (const [key, value] of Object.entries(over)) {
    const place = path === '' ? key : `${path}.${key}`;
    const present = merged.get(key);
    const whole = RULES.has(path) && !RULES.has(place);
    if (value === null) merged.delete(key);
    else if (!whole && isGroup(value) && isGroup(present) && !isRule(place))
      merged.set(key, mergeGroups(present, value, place));
    else merged.set(key, value);
  }
  return Object.fromEntries(merged);
}

function isRule(place: string): boolean {
  return place === 'password.forceReset' || place === 'password.preRegistration';
}

function isGroup(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
