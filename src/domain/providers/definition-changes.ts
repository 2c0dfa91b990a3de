import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { FieldChange } from '../runs/run.ts';

/**
 * Setting by setting what differs between two definitions, by paths such as
 * `mapping.email.column`. Lists are compared as a whole; texts are shown as they
 * are, everything else as JSON.
 */
export function definitionChanges(
  before: ProviderDefinition | null,
  after: ProviderDefinition,
): Readonly<Record<string, FieldChange>> {
  const old = before === null ? new Map<string, string>() : settings(before);
  const now = settings(after);
  const changes: Record<string, FieldChange> = {};
  for (const path of new Set([...old.keys(), ...now.keys()])) {
    const change = { from: old.get(path) ?? null, to: now.get(path) ?? null };
    if (change.from !== change.to) changes[path] = change;
  }
  return changes;
}

/** Where the password would travel to: whoever changes one of these has to know it. */
const DESTINATION = ['connector', 'connection.host', 'connection.port', 'connection.tls', 'connection.ca'];

/** Whether the changes would send the stored password somewhere else, or less protected. */
export function movesPassword(changes: Readonly<Record<string, FieldChange>>): boolean {
  return DESTINATION.some((path) => path in changes);
}

const HISTORY =
  /^(?:connector|connection\.(?:host|port|database|file)|source(?:\..+)?|changes\.(?:mode|cursor|overlapMinutes))$/;

/** Whether a position in the provider's history means nothing any more: it may be another database's, or another feed's. */
export function breaksHistory(changes: Readonly<Record<string, FieldChange>>): boolean {
  return Object.keys(changes).some((path) => HISTORY.test(path));
}

function settings(definition: ProviderDefinition): Map<string, string> {
  const found = new Map<string, string>();
  collect('', definition, found);
  return found;
}

function collect(path: string, value: unknown, found: Map<string, string>): void {
  if (value === undefined) return;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    found.set(path, typeof value === 'string' ? value : JSON.stringify(value));
    return;
  }
  for (const [key, inner] of Object.entries(value))
    collect(path === '' ? key : `${path}.${key}`, inner, found);
}
