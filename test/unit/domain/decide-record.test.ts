import { describe, expect, it } from '@jest/globals';
import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { SourceRecord } from '../../../connectors/contract/record.ts';
import { mapRecord } from '../../../src/domain/mapping/map-record.ts';
import { emailKey, usernameKey } from '../../../src/domain/profiles/identifiers.ts';
import { decideRecord } from '../../../src/domain/runs/decide-record.ts';
import type { Rules } from '../../../src/domain/runs/rules.ts';
import type { Change, Decision } from '../../../src/domain/runs/decision.ts';
import type { Holder, Known, KnownLink, KnownProfile } from '../../../src/domain/runs/known.ts';
import { aDefinition, aRecord, column } from '../../support/builders.ts';

interface World {
  readonly links?: Record<string, KnownLink>;
  readonly profiles?: readonly KnownProfile[];
  readonly hashes?: Record<string, string | null>;
  readonly writeBacks?: readonly string[];
}

function knownOf(world: World): Known {
  const profiles = world.profiles ?? [];
  const taken: Holder[] = profiles.map(({ id, usernameKey: username, emailKey: email }) => ({
    profileId: id,
    usernameKey: username,
    emailKey: email,
  }));
  return {
    link: (key) => world.links?.[key],
    profile: (id) => profiles.find((profile) => profile.id === id),
    byUsername: (key) => taken.find((holder) => holder.usernameKey === key),
    byEmail: (key) => taken.filter((holder) => holder.emailKey === key),
    passwordChanged: (id, hash) => (world.hashes?.[id] ?? null) !== hash,
    writeBackPending: (id) => world.writeBacks?.includes(id) ?? false,
    take: (holder) => taken.push(holder),
  };
}

function rulesOf(definition: ProviderDefinition): Rules {
  return { definition, providerId: 'prov', mappedBy: 'm1', sharedEmail: false, newId: () => 'new' };
}

function aProfile(over: Partial<KnownProfile> = {}): KnownProfile {
  const username = over.username ?? 'user1';
  const email = over.email === undefined ? 'user1@example.org' : over.email;
  return {
    id: 'p1',
    providerId: 'prov',
    username,
    usernameKey: usernameKey(username),
    email,
    emailKey: email === null ? null : emailKey(email),
    givenName: 'Ada',
    familyName: 'Byron',
    displayName: null,
    locale: null,
    attributes: { department: 'Research' },
    enabled: true,
    disabledReason: null,
    forceReset: false,
    preRegistration: false,
    effective: 'provider',
    invited: false,
    linkedTo: { linkId: 'l1', providerId: 'prov', gone: false },
    ...over,
  };
}

function aLink(over: Partial<KnownLink> = {}): KnownLink {
  const gone = { gone: false, seenForceReset: null, seenPreRegistration: null };
  return { id: 'l1', profileId: 'p1', fingerprint: 'old', mappedBy: 'm1', ...gone, ...over };
}

function decide(record: SourceRecord, world: World, definition = aDefinition()): Decision {
  return decideRecord(mapRecord(definition, record), knownOf(world), rulesOf(definition));
}

function changeOf(decision: Decision): Change {
  if (decision.kind === 'unchanged' || decision.kind === 'fault') throw new Error(JSON.stringify(decision));
  return decision;
}

const linked = { links: { '1': aLink() }, profiles: [aProfile()] };
const flagged = aDefinition({
  password: {
    ...aDefinition().password!,
    forceReset: column('must_change'),
    preRegistration: column('invite'),
  },
});
const flags = (must: string, invite: string): SourceRecord => aRecord('1', { must_change: must, invite });

describe('deciding about a record', () => {
  it('creates a profile for a new record, with the onboarding of the provider', () => {
    const definition = aDefinition({ password: { ...aDefinition().password!, onboarding: 'force-reset' } });
    const change = changeOf(decide(aRecord('1', {}, 'hash'), {}, definition));
    expect(change).toMatchObject({
      kind: 'create',
      outcome: { profileId: 'new', forceReset: true, password: 'adopt' },
    });
  });

  it('does nothing when fingerprint and mapping are the same', () => {
    const record = aRecord('1');
    const links = { '1': aLink({ fingerprint: record.fingerprint }) };
    expect(decide(record, { ...linked, links }).kind).toBe('unchanged');
    const remapped = { '1': aLink({ fingerprint: record.fingerprint, mappedBy: 'm0' }) };
    expect(decide(record, { ...linked, links: remapped }).kind).toBe('update');
  });

  it('shows an update field by field', () => {
    const change = changeOf(decide(aRecord('1', { dept: 'Sales', last_name: null }), linked));
    expect(change.changes).toEqual({
      familyName: { from: 'Byron', to: null },
      'attributes.department': { from: 'Research', to: 'Sales' },
    });
  });

  it('applies a flag when what the provider says changes, and not again after somebody cleared it', () => {
    const cleared = {
      links: { '1': aLink({ seenForceReset: true }) },
      profiles: [aProfile({ forceReset: false })],
    };
    expect(changeOf(decide(flags('true', 'no'), cleared, flagged)).outcome.forceReset).toBe(false);
    const news = {
      links: { '1': aLink({ seenForceReset: false }) },
      profiles: [aProfile({ forceReset: false })],
    };
    expect(changeOf(decide(flags('true', 'no'), news, flagged)).outcome.forceReset).toBe(true);
  });

  it('keeps a flag that an operator set when the provider says nothing new', () => {
    const set = {
      links: { '1': aLink({ seenForceReset: null }) },
      profiles: [aProfile({ forceReset: true })],
    };
    expect(changeOf(decide(flags('false', 'no'), set, flagged)).outcome.forceReset).toBe(true);
  });

  it('invites once: at creation, and not when the record is read again', () => {
    const created = changeOf(decide(flags('no', 'yes'), {}, flagged));
    expect(created.outcome).toMatchObject({ preRegistration: true, invite: true });
    const waiting = aProfile({ preRegistration: true, invited: true, effective: 'none' });
    const again = { links: { '1': aLink({ seenPreRegistration: true }) }, profiles: [waiting] };
    expect(changeOf(decide(flags('no', 'yes'), again, flagged)).outcome.invite).toBe(false);
  });

  it('invites again to a new address, and ends links to the old one', () => {
    const waiting = aProfile({
      preRegistration: true,
      invited: true,
      effective: 'none',
      email: 'old@example.org',
    });
    const world = { links: { '1': aLink({ seenPreRegistration: true }) }, profiles: [waiting] };
    expect(changeOf(decide(flags('no', 'yes'), world, flagged)).outcome).toMatchObject({
      invite: true,
      addressChanged: true,
    });
  });

  it('invites nobody who is disabled, and invites when they are enabled', () => {
    const off = changeOf(
      decide(aRecord('1', { active: 'no', must_change: 'no', invite: 'yes' }), {}, flagged),
    );
    expect(off.outcome).toMatchObject({ enabled: false, invite: false });
    const world = {
      links: { '1': aLink({ seenPreRegistration: true }) },
      profiles: [
        aProfile({ preRegistration: true, effective: 'none', enabled: false, disabledReason: 'source' }),
      ],
    };
    expect(changeOf(decide(flags('no', 'yes'), world, flagged)).outcome.invite).toBe(true);
  });

  it('does not pre-register somebody who has chosen a password here', () => {
    const world = { links: { '1': aLink() }, profiles: [aProfile({ effective: 'local' })] };
    expect(changeOf(decide(flags('no', 'yes'), world, flagged)).outcome).toMatchObject({
      preRegistration: false,
      invite: false,
    });
  });

  it('refuses pre-registration without an address', () => {
    const record = aRecord('1', { mail: null, must_change: 'no', invite: 'yes' });
    expect(decide(record, {}, flagged)).toMatchObject({
      kind: 'fault',
      faults: [{ code: 'REGISTRATION_WITHOUT_EMAIL' }],
    });
  });

  it('adopts a password that changed at the provider, and leaves one that is being written back alone', () => {
    const world = { ...linked, hashes: { p1: 'old' } };
    expect(changeOf(decide(aRecord('1', {}, 'new'), world)).outcome.password).toBe('adopt');
    expect(changeOf(decide(aRecord('1', {}, 'new'), { ...world, writeBacks: ['p1'] })).outcome.password).toBe(
      'keep',
    );
  });

  it('lets an operator’s word stand when the source enables or the record returns', () => {
    const world = {
      links: { '1': aLink({ gone: true }) },
      profiles: [aProfile({ enabled: false, disabledReason: 'operator' })],
    };
    expect(changeOf(decide(aRecord('1'), world))).toMatchObject({
      kind: 'return',
      outcome: { enabled: false, disabledReason: 'operator' },
    });
  });

  it('brings a returned record back as it was', () => {
    const world = {
      links: { '1': aLink({ gone: true }) },
      profiles: [aProfile({ enabled: false, disabledReason: 'gone' })],
    };
    expect(changeOf(decide(aRecord('1'), world))).toMatchObject({
      kind: 'return',
      outcome: { profileId: 'p1', enabled: true },
    });
  });
});

describe('telling people apart', () => {
  const byEmail = aDefinition({ match: 'email' });
  const record = aRecord('9', { login: 'someone.else', mail: 'user1@example.org' });

  it('never merges without a rule: the same username or address is a fault', () => {
    const world = { profiles: [aProfile()] };
    expect(decide(aRecord('9', { login: 'USER1', mail: null }), world)).toMatchObject({
      faults: [{ code: 'USERNAME_TAKEN' }],
    });
    expect(decide(record, world)).toMatchObject({ faults: [{ code: 'EMAIL_TAKEN' }] });
  });

  it('links by e-mail to a profile made here, and to nobody who belongs to another record', () => {
    const made = aProfile({ providerId: null, linkedTo: null, effective: 'local' });
    const change = changeOf(decide(record, { profiles: [made] }, byEmail));
    expect(change).toMatchObject({ kind: 'link', outcome: { profileId: 'p1', password: 'keep' } });
    expect(decide(record, { profiles: [aProfile()] }, byEmail)).toMatchObject({
      kind: 'fault',
      faults: [{ code: 'EMAIL_TAKEN' }],
    });
  });

  it('re-uses the link of a record that moved to another key', () => {
    const moved = aProfile({
      enabled: false,
      disabledReason: 'gone',
      linkedTo: { linkId: 'l1', providerId: 'prov', gone: true },
    });
    expect(changeOf(decide(record, { profiles: [moved] }, byEmail))).toMatchObject({
      kind: 'link',
      linkId: 'l1',
    });
  });

  it('takes none of several who share an address', () => {
    const two = [
      aProfile({ providerId: null, linkedTo: null }),
      aProfile({ id: 'p2', username: 'b', providerId: null, linkedTo: null }),
    ];
    expect(decide(record, { profiles: two }, byEmail)).toMatchObject({
      faults: [{ code: 'MATCH_AMBIGUOUS' }],
    });
  });

  it('sees through case and width but not through look-alikes', () => {
    expect(usernameKey('ＭＩＫＥ')).toBe(usernameKey('mike'));
    expect(usernameKey('mıke')).not.toBe(usernameKey('mike'));
    expect(usernameKey('K')).toBe(usernameKey('k'));
  });

  it('lets two records of one batch not take the same name', () => {
    const definition = aDefinition();
    const known = knownOf({});
    const rules = rulesOf(definition);
    let next = 0;
    const counting = { ...rules, newId: () => String((next += 1)) };
    const first = decideRecord(mapRecord(definition, aRecord('1', { login: 'Same' })), known, counting);
    const second = decideRecord(mapRecord(definition, aRecord('2', { login: 'same' })), known, counting);
    expect([first.kind, second.kind]).toEqual(['create', 'fault']);
  });
});
