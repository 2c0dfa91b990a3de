import type { FieldChange, RunCounters, RunState } from './run.ts';

export type StepName = 'connected' | 'found' | 'mapped' | 'matched' | 'done';

/** One step of bringing one person into step, in words for support staff. */
export interface ResyncStep {
  readonly name: StepName;
  readonly state: 'ok' | 'failed' | 'skipped';
  readonly detail: string;
}

/** What a finished run of one record left behind. */
export interface ResyncFacts {
  readonly provider: string;
  readonly recordKey: string;
  readonly state: RunState;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly counters: RunCounters;
  readonly faults: readonly { readonly code: string; readonly message: string }[];
  /** Invitations wait until an operator releases them. */
  readonly holdsInvitations: boolean;
  readonly username: string | null;
  readonly changes: Readonly<Record<string, FieldChange>>;
}

type Told = Omit<ResyncStep, 'name'>;

const MATCHES = new Set(['USERNAME_TAKEN', 'EMAIL_TAKEN', 'MATCH_AMBIGUOUS']);
const SKIPPED: Told = { state: 'skipped', detail: 'not reached' };

/** The five steps, always all of them and in this order. After a failed step the rest are skipped. */
export function explainSteps(facts: ResyncFacts): readonly ResyncStep[] {
  const told: [StepName, Told][] = [
    ['connected', connected(facts)],
    ['found', found(facts)],
    ['mapped', mapped(facts)],
    ['matched', matched(facts)],
    ['done', done(facts)],
  ];
  const stop = told.findIndex(([, step]) => step.state === 'failed');
  return told.map(([name, step], place) => ({ name, ...(stop >= 0 && place > stop ? SKIPPED : step) }));
}

function connected({ provider, error }: ResyncFacts): Told {
  if (error !== null) return { state: 'failed', detail: `${error.message} (${error.code})` };
  return { state: 'ok', detail: `${provider} answered` };
}

function found({ recordKey, counters }: ResyncFacts): Told {
  if (counters.read > 0) return { state: 'ok', detail: `record ${recordKey} is there` };
  if (counters.disabled > 0)
    return { state: 'failed', detail: `record ${recordKey} is gone; its profile has been disabled` };
  return { state: 'failed', detail: `there is no record ${recordKey} in the provider's scope` };
}

function mapped({ faults }: ResyncFacts): Told {
  const own = faults.filter(({ code }) => !MATCHES.has(code));
  if (own.length === 0) return { state: 'ok', detail: 'every field could be read' };
  return { state: 'failed', detail: own.map(({ code, message }) => `${message} (${code})`).join('; ') };
}

function matched({ faults, counters, username }: ResyncFacts): Told {
  const [fault] = faults.filter(({ code }) => MATCHES.has(code));
  if (fault !== undefined) return { state: 'failed', detail: `${fault.message} (${fault.code})` };
  if (counters.created > 0) return { state: 'ok', detail: `a new profile, ${username ?? 'without a name'}` };
  if (counters.linked > 0) return { state: 'ok', detail: `linked to the existing profile ${username ?? ''}` };
  return { state: 'ok', detail: `the profile is ${username ?? 'known'}` };
}

function done({ changes, counters, holdsInvitations }: ResyncFacts): Told {
  const names = Object.keys(changes);
  const state = holdsInvitations ? 'waits to be released' : 'is on its way';
  const invited = counters.emails > 0 ? `; a registration e-mail ${state}` : '';
  if (names.length === 0) return { state: 'ok', detail: `nothing had to change${invited}` };
  return { state: 'ok', detail: `changed: ${names.join(', ')}${invited}` };
}
