import { TEXT_FIELDS, type ProfileFields } from '../profile.ts';
import type { FieldChange } from './run.ts';

/** The parts of a profile that a plan and a timeline show. */
export interface Shown extends ProfileFields {
  readonly enabled: boolean;
  readonly forceReset: boolean;
  readonly preRegistration: boolean;
}

type Flag = 'enabled' | 'forceReset' | 'preRegistration';
const FLAGS: readonly Flag[] = ['enabled', 'forceReset', 'preRegistration'];

/** Field by field what differs; `before` null for a new profile, which has every field that is not empty. */
export function fieldChanges(before: Shown | null, after: Shown): Record<string, FieldChange> {
  const old = before === null ? {} : texts(before);
  const now = texts(after);
  const changes: Record<string, FieldChange> = {};
  for (const name of Object.keys({ ...old, ...now })) {
    const change = { from: old[name] ?? null, to: now[name] ?? null };
    const unsaid = before === null && change.to === 'false';
    if (change.from !== change.to && !unsaid) changes[name] = change;
  }
  return changes;
}

function texts(shown: Shown): Record<string, string | null> {
  const fields = TEXT_FIELDS.map((field) => [field, shown[field]] as const);
  const attributes = Object.entries(shown.attributes).map(
    ([name, value]) => [`attributes.${name}`, value] as const,
  );
  const flags = FLAGS.map((flag) => [flag, String(shown[flag])] as const);
  return Object.fromEntries([...fields, ...attributes, ...flags]);
}

/** A change of password is said, never shown. */
export const PASSWORD_CHANGED: FieldChange = { from: null, to: 'changed' };

/** Changes that can lock people out or hand accounts over when they happen to many at once. */
export function isIdentifying(changes: Readonly<Record<string, FieldChange>>): boolean {
  return ['username', 'email', 'password'].some((field) => field in changes);
}
