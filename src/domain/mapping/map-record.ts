import type { FieldRule, ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { SourceRecord } from '../../../connectors/contract/record.ts';
import { comparedValue, storedPassword } from '../passwords/stored-password.ts';
import { hasControls, isEmail, usernameFault } from '../profiles/identifiers.ts';
import { hashColumns } from '../providers/columns.ts';
import type { Mapped, RecordFault } from './mapped-record.ts';
import { readBoolean } from './read-boolean.ts';
import { readRule } from './read-rule.ts';
import { ruleColumns } from './rule-columns.ts';

/** Longest value of a field, in characters. Longer ones are a mistake in the mapping far more often than a name. */
const MAX_FIELD = 500;
const MAX_ATTRIBUTE = 4000;

/**
 * A record in the words of a profile, or every reason why it cannot be one.
 * Pure: the same record and definition give the same answer.
 */
export function mapRecord(definition: ProviderDefinition, record: SourceRecord): Mapped {
  const reading = new Reading(record);
  const { mapping, password } = definition;
  const fields = {
    username: reading.username(mapping.username),
    email: reading.email(mapping.email),
    givenName: reading.text('givenName', mapping.givenName, MAX_FIELD),
    familyName: reading.text('familyName', mapping.familyName, MAX_FIELD),
    displayName: reading.text('displayName', mapping.displayName, MAX_FIELD),
    locale: reading.locale(mapping.locale),
    attributes: reading.attributes(mapping.attributes),
  };
  const enabled = reading.enabled(mapping.enabled);
  const forceReset = reading.flag('forceReset', password?.forceReset);
  const preRegistration = reading.flag('preRegistration', password?.preRegistration);
  for (const column of hashColumns(definition)) reading.present(column);
  if (reading.faults.length > 0) return { ok: false, key: record.key, faults: reading.faults };
  const { key, fingerprint } = record;
  const passwordHash = storedPassword(definition, record);
  const compared = comparedValue(definition, record);
  return {
    ok: true,
    record: { key, fingerprint, fields, enabled, forceReset, preRegistration, passwordHash, compared },
  };
}

/** Reads one record by rules and gathers what is wrong with it. */
class Reading {
  readonly faults: RecordFault[];
  readonly #record: SourceRecord;

  constructor(record: SourceRecord) {
    this.#record = record;
    this.faults = record.problems.map(({ column, code, message }) => ({ field: column, code, message }));
  }

  username(rule: FieldRule): string {
    const username = this.#value('username', rule);
    if (username === undefined) return '';
    const fault = usernameFault(username ?? '');
    if (fault !== null) this.#fault('username', 'USERNAME_INVALID', `the username ${fault}`);
    return username ?? '';
  }

  email(rule: FieldRule | undefined): string | null {
    const email = this.text('email', rule, MAX_FIELD);
    if (email === null || isEmail(email)) return email;
    this.#fault('email', 'EMAIL_INVALID', 'the e-mail address is not one plain address');
    return null;
  }

  text(field: string, rule: FieldRule | undefined, most: number): string | null {
    const text = rule === undefined ? null : this.#value(field, rule);
    if (text === undefined || text === null || text === '') return null;
    if (text.length > most)
      this.#fault(field, 'VALUE_TOO_LONG', `${field} is longer than ${most} characters`);
    else if (hasControls(text))
      this.#fault(field, 'VALUE_CONTROL_CHARACTERS', `${field} contains control or invisible characters`);
    return text;
  }

  locale(rule: FieldRule | undefined): string | null {
    const text = this.text('locale', rule, MAX_FIELD);
    if (text === null) return null;
    try {
      return Intl.getCanonicalLocales(text.replaceAll('_', '-'))[0] ?? null;
    } catch {
      this.#fault('locale', 'LOCALE_INVALID', 'the locale is not a language tag such as sv or en-GB');
      return null;
    }
  }

  attributes(rules: Readonly<Record<string, FieldRule>>): Readonly<Record<string, string>> {
    const found = Object.entries(rules).map(
      ([name, rule]) => [name, this.text(`attributes.${name}`, rule, MAX_ATTRIBUTE)] as const,
    );
    return Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== null));
  }

  enabled(rule: FieldRule | undefined): boolean {
    if (rule === undefined) return true;
    const text = this.#value('enabled', rule);
    if (text === undefined) return false;
    const read = text === null ? null : readBoolean(text);
    if (read === null)
      this.#fault(
        'enabled',
        'BOOLEAN_UNCLEAR',
        'enabled is neither yes nor no; give the rule a default for empty values',
      );
    return read ?? false;
  }

  flag(field: 'forceReset' | 'preRegistration', rule: FieldRule | undefined): boolean | null {
    if (rule === undefined) return null;
    const text = this.#value(field, rule);
    if (text === undefined) return null;
    const read = readBoolean(text ?? '');
    if (read === null) this.#fault(field, 'BOOLEAN_UNCLEAR', `${field} is neither yes nor no`);
    return read;
  }

  /** A hash whose salt was not read is not a hash without a salt. */
  present(column: string): void {
    const explained = this.#record.problems.some((problem) => problem.column === column);
    if (this.#record.values[column] === undefined && !explained)
      this.#fault(column, 'COLUMN_NOT_READ', `the column ${column} was not read`);
  }

  /** Undefined: there is no saying, and the fault has been noted. */
  #value(field: string, rule: FieldRule): string | null | undefined {
    const read = readRule(rule, this.#record);
    if (!('fault' in read)) return read.value;
    // What the connector says of a column explains why it was not read.
    const explained = this.#record.problems.some(({ column }) => ruleColumns(rule).includes(column));
    if (!explained) this.#fault(field, read.fault.code, `${field} ${read.fault.message}`);
    return undefined;
  }

  #fault(field: string, code: string, message: string): void {
    this.faults.push({ field, code, message });
  }
}
