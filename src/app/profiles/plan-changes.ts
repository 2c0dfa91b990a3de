import { readBoolean } from '../../domain/mapping/read-boolean.ts';
import { TEXT_FIELDS, type DisabledReason, type TextField } from '../../domain/profile.ts';
import { attributeName, checkField, isField } from '../../domain/profiles/check-fields.ts';
import type { Shown } from '../../domain/runs/field-changes.ts';
import type { Problem } from '../../kernel/errors.ts';
import type { ProfileRow } from '../../store/entities/directory.ts';
import type { ProfileAccess } from '../../store/profiles/read-access.ts';

/** What a profile would be after the changes. */
export interface ChangePlan {
  readonly after: Shown & { readonly disabledReason: DisabledReason | null };
  /** The names that were given. */
  readonly given: readonly string[];
  /** To be carried out only when there are none. */
  readonly problems: readonly Problem[];
}

interface Person {
  readonly profile: ProfileRow;
  readonly access: ProfileAccess;
}

const FLAGS = ['enabled', 'forceReset', 'preRegistration'] as const;
type Flag = (typeof FLAGS)[number];

/** What an operator's changes make of a profile, with everything that is wrong with them. */
export function planChanges(person: Person, changes: Readonly<Record<string, string>>): ChangePlan {
  const planning = new Planning(person);
  // Flags last: whether somebody can be pre-registered depends on the address.
  const ordered = Object.entries(changes).toSorted(([a], [b]) => Number(isFlag(a)) - Number(isFlag(b)));
  for (const [name, typed] of ordered) planning.take(name, typed);
  return { after: planning.after, given: Object.keys(changes), problems: planning.problems };
}

function isFlag(name: string): name is Flag {
  return FLAGS.includes(name as Flag);
}

class Planning {
  readonly problems: Problem[] = [];
  readonly #person: Person;
  #after: Shown & { readonly disabledReason: DisabledReason | null };

  constructor(person: Person) {
    this.#person = person;
    this.#after = person.profile;
  }

  get after(): ChangePlan['after'] {
    return this.#after;
  }

  take(name: string, typed: string): void {
    if (isFlag(name)) this.#takeFlag(name, typed);
    else if (isField(name)) this.#takeField(name, typed);
    else
      this.#problem(name, 'FIELD_UNKNOWN', {
        message: 'there is no such field',
        remedy: `Known: ${[...FLAGS, ...TEXT_FIELDS].join(', ')} and attributes.NAME.`,
      });
  }

  #takeField(name: string, typed: string): void {
    const { profile, access } = this.#person;
    if (profile.providerId !== null) {
      const provider = access.link?.provider ?? 'its provider';
      this.#problem(name, 'FIELD_OWNED_BY_PROVIDER', {
        message: `belongs to the provider ${provider}`,
        remedy: `Change it there, then run: bin/tributary profile resync ${profile.username}`,
      });
      return;
    }
    const { value, problem } = checkField(name, typed);
    if (problem !== null) this.#problem(name, problem.code, { message: problem.message, remedy: '' });
    else this.#put(name, value);
  }

  #put(name: string, value: string | null): void {
    const attribute = attributeName(name);
    if (attribute === null) {
      this.#after = { ...this.#after, [name as TextField]: value };
      return;
    }
    const { [attribute]: _, ...others } = this.#after.attributes;
    this.#after = { ...this.#after, attributes: value === null ? others : { ...others, [attribute]: value } };
  }

  #takeFlag(name: Flag, typed: string): void {
    const value = typed.trim() === '' ? null : readBoolean(typed);
    if (value === null) {
      this.#problem(name, 'BOOLEAN_UNCLEAR', { message: 'is neither true nor false', remedy: '' });
      return;
    }
    if (name === 'enabled') this.#enable(value);
    else if (name === 'preRegistration') this.#preRegister(value);
    else this.#after = { ...this.#after, forceReset: value };
  }

  #enable(enabled: boolean): void {
    const { disabledReason } = this.#person.profile;
    if (enabled && (disabledReason === 'source' || disabledReason === 'gone')) {
      const provider = this.#person.access.link?.provider ?? 'its provider';
      const why =
        disabledReason === 'gone' ? 'has no record of this person any more' : 'says that it is disabled';
      this.#problem('enabled', 'FIELD_OWNED_BY_PROVIDER', {
        message: `cannot be set here: the provider ${provider} ${why}`,
        remedy: 'Enable the person there, and sync.',
      });
      return;
    }
    const reason = enabled ? null : (disabledReason ?? 'operator');
    this.#after = { ...this.#after, enabled, disabledReason: reason };
  }

  #preRegister(preRegistration: boolean): void {
    const { profile, access } = this.#person;
    if (preRegistration && !profile.preRegistration && access.effective !== 'none') {
      this.#problem('preRegistration', 'PASSWORD_CHOSEN', {
        message: 'is for people without a password, and this person has one',
        remedy: `To have it changed: bin/tributary profile set ${profile.username} forceReset=true`,
      });
      return;
    }
    if (preRegistration && this.#after.email === null) {
      this.#problem('preRegistration', 'EMAIL_NEEDED', {
        message: 'sends an e-mail, and there is no address',
        remedy: 'Give the address first.',
      });
      return;
    }
    this.#after = { ...this.#after, preRegistration };
  }

  #problem(path: string, code: string, about: { message: string; remedy: string }): void {
    this.problems.push({ path, code, ...about });
  }
}
