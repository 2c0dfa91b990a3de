import type { ManyAction } from './many-queries.ts';

interface Words {
  /** Of the menu and the dialog. */
  readonly title: string;
  /** What happens, before it does. */
  readonly lead: string;
  /** Of the button. */
  readonly verb: string;
  /** `12 people …` */
  readonly done: string;
  /** E-mails go out, at a rate that can be chosen. */
  readonly mails: boolean;
  /** What takes it back; null when nothing does. */
  readonly undo: ManyAction | null;
}

export const WORDS: Readonly<Record<ManyAction, Words>> = {
  resend: {
    title: 'Send new links',
    lead: 'Everybody who waits for a first password gets a new link by e-mail. Older links go on working until a password is set.',
    verb: 'Send',
    done: 'get a new link',
    mails: true,
    undo: null,
  },
  hold: {
    title: 'Hold invitations',
    lead: 'Invitations that have not gone out yet wait until you release them. What was sent before stays good.',
    verb: 'Hold',
    done: 'are held back',
    mails: false,
    undo: null,
  },
  release: {
    title: 'Release invitations',
    lead: 'Invitations that are held back go out. Choose a number to send them in waves, and a rate to go easy on your mail server.',
    verb: 'Release',
    done: 'get their invitation',
    mails: true,
    undo: 'hold',
  },
  'force-reset': {
    title: 'Force a password reset',
    lead: 'Each of them chooses a new password at the next sign-in, before anything else, and is signed out everywhere now.',
    verb: 'Force the reset',
    done: 'have to choose a new password',
    mails: false,
    undo: 'clear-reset',
  },
  'clear-reset': {
    title: 'Take forced resets back',
    lead: 'They go on with the password they have.',
    verb: 'Take back',
    done: 'keep their password',
    mails: false,
    undo: null,
  },
};

/** Why people are left out, as after “3 are left out: 2 …”. */
export const REASONS: Readonly<Record<string, string>> = {
  queued: 'have an e-mail on its way already',
  held: 'have an invitation that is held back',
  'not-queued': 'have no e-mail that waits to be sent',
  'not-held': 'have no invitation that is held back',
  'under-way': 'are being sent theirs at this moment',
  'not-pre-registered': 'do not wait for a first password',
  disabled: 'are disabled',
  'no-email': 'have no address',
  'not-found': 'are gone',
  'no-password': 'have no password yet',
  'as-asked': 'are so already',
};

export const people = (count: number): string =>
  count === 1 ? '1 person' : `${count.toLocaleString('en')} people`;
