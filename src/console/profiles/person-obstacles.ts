import type { Person } from './queries.ts';

/** What can be done about it with one click. */
export type Remedy = 'enable' | 'unlock' | 'send' | 'edit' | 'resync' | 'invite';

/** Something that keeps a person from signing in, or that support should know. */
export interface Obstacle {
  readonly id: string;
  /** `stop`: nobody gets in like this; `wait`: in good order, but the person has something to do. */
  readonly weight: 'stop' | 'wait';
  readonly title: string;
  readonly text: string;
  /** When it began, or ends. */
  readonly at: string | null;
  readonly remedies: readonly Remedy[];
}

/** Why this person cannot sign in, or what they have to do first; the gravest first, nothing when all is well. */
export function obstaclesOf(person: Person): readonly Obstacle[] {
  const found = [disabled(person), locked(person), bounced(person), ...invited(person), password(person)];
  return found
    .filter((obstacle) => obstacle !== null)
    .toSorted((a, b) => Number(a.weight === 'wait') - Number(b.weight === 'wait'));
}

type Told = Omit<Obstacle, 'id' | 'weight'>;

const stop = (id: string, told: Told): Obstacle => ({ id, weight: 'stop', ...told });
const wait = (id: string, told: Told): Obstacle => ({ id, weight: 'wait', ...told });

function disabled({ enabled, disabledReason, link }: Person): Obstacle | null {
  if (enabled) return null;
  const provider = link?.provider ?? 'their provider';
  if (disabledReason === 'source')
    return stop('disabled', {
      title: `${provider} says that this person is disabled`,
      text: 'Have them enabled there, then resync.',
      at: null,
      remedies: ['resync'],
    });
  if (disabledReason === 'gone')
    return stop('disabled', {
      title: `${provider} has no record of this person any more`,
      text: 'Once the record is back, a resync brings everything back as it was.',
      at: link?.goneAt ?? null,
      remedies: ['resync'],
    });
  return stop('disabled', {
    title: 'An operator has disabled this person',
    text: 'The timeline says who and when.',
    at: null,
    remedies: ['enable'],
  });
}

function locked({ lock }: Person): Obstacle | null {
  if (lock.blockedUntil === null) return null;
  const forGood = lock.blockedUntil === 'infinity';
  return stop('locked', {
    title: `${String(lock.failures)} wrong passwords in a row`,
    text: forGood
      ? 'Nobody gets in with a password until you unlock. Setting a new password works all the same.'
      : 'The next attempt has to wait. A forgotten password can be replaced all the same.',
    at: forGood ? null : lock.blockedUntil,
    remedies: ['unlock'],
  });
}

function bounced(person: Person): Obstacle | null {
  if (person.emailUndeliverableAt === null) return null;
  const reason = person.emails.find(({ state }) => state === 'undeliverable');
  const why =
    reason?.error == null
      ? ''
      : `: ${reason.error}${reason.errorCode === null ? '' : ` (${reason.errorCode})`}`;
  const [remedy, text] =
    person.link === null
      ? (['edit', 'Ask for the right address, correct it, and send a new link.'] as const)
      : ([
          'resync',
          `The address belongs to ${person.link.provider}: have it corrected there, resync, and send a new link.`,
        ] as const);
  return stop('bounced', {
    title: `Mail does not reach this address${why}`,
    text,
    at: person.emailUndeliverableAt,
    remedies: person.preRegistration ? [remedy, 'send'] : [remedy],
  });
}

function invited(person: Person): readonly Obstacle[] {
  const { preRegistration, registration, emailUndeliverableAt } = person;
  if (!preRegistration) return [];
  const email = person.fields.find(({ name }) => name === 'email')?.value ?? null;
  if (email === null)
    return [
      stop('address', {
        title: 'There is no address to send the invitation to',
        text:
          person.link === null
            ? 'Enter one.'
            : `It belongs to ${person.link.provider}: have it entered there, and resync.`,
        at: null,
        remedies: [person.link === null ? 'edit' : 'resync'],
      }),
    ];
  const state = registration?.state ?? 'none';
  if (state === 'undeliverable' && emailUndeliverableAt !== null) return [];
  const told = INVITED[state];
  return told === undefined ? [] : [told(person)];
}

const INVITED: Readonly<Record<string, (person: Person) => Obstacle>> = {
  none: () =>
    stop('invitation', {
      title: 'No invitation was ever sent',
      text: 'Without the link in it nobody can choose a first password.',
      at: null,
      remedies: ['send'],
    }),
  held: () =>
    stop('invitation', {
      title: 'The invitation is held back',
      text: 'An operator wants it sent later, with others. Sending it now concerns this person alone.',
      at: null,
      remedies: ['send'],
    }),
  queued: ({ emails }) => {
    const mail = emails.find(({ kind, state }) => kind === 'registration' && state === 'queued');
    return stop('invitation', {
      title: 'The invitation has not gone out yet',
      text: mail?.error == null ? 'It goes out in its turn.' : `The last attempt failed: ${mail.error}.`,
      at: mail?.nextAttemptAt ?? null,
      remedies: ['send'],
    });
  },
  expired: ({ registration }) =>
    stop('invitation', {
      title: 'The link in the invitation has expired',
      text: 'The page it leads to offers a new one; you can send it as well.',
      at: registration?.validUntil ?? null,
      remedies: ['send'],
    }),
  undeliverable: () => failed('The invitation could not be delivered'),
  failed: () => failed('The invitation could not be sent'),
  cancelled: () => failed('The invitation was cancelled'),
  sent: ({ registration }) =>
    wait('invitation', {
      title: 'The invitation is with the person',
      text: 'Its link has not been used yet. It may be in a folder for junk; a new one does no harm.',
      at: registration?.sentAt ?? null,
      remedies: ['send'],
    }),
};

function failed(title: string): Obstacle {
  return stop('invitation', {
    title,
    text: 'The list of e-mails below says why.',
    at: null,
    remedies: ['send'],
  });
}

function password({ credential, preRegistration, forceReset }: Person): Obstacle | null {
  if (credential.effective === 'none')
    return preRegistration
      ? null
      : stop('password', {
          title: 'There is no password',
          text: 'Switch pre-registration on: an e-mail brings a link to choose the first one.',
          at: null,
          remedies: ['invite'],
        });
  if (credential.format === 'unknown' || credential.format === 'unreadable')
    return stop('password', {
      title: 'The provider’s password is in a format that cannot be checked',
      text: 'The person gets in by “forgot password”, with the same address.',
      at: null,
      remedies: [],
    });
  if (!forceReset) return null;
  return wait('reset', {
    title: 'A new password is asked for at the next sign-in',
    text: 'The present password leads to the page that asks for a new one, and nowhere else.',
    at: null,
    remedies: [],
  });
}
