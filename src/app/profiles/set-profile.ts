import { fieldChanges } from '../../domain/runs/field-changes.ts';
import type { FieldChange } from '../../domain/runs/run.ts';
import { invalid, missing, type Problem } from '../../kernel/errors.ts';
import { requestEmails } from '../../store/mail/request-emails.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import { lockProfile } from '../../store/profiles/lock-profile.ts';
import { readAccess } from '../../store/profiles/read-access.ts';
import { recordEvents } from '../../store/profiles/record-events.ts';
import { updateProfile } from '../../store/profiles/update-profile.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';
import { takenMeanwhile } from './enter-people.ts';
import { findProfile } from './find-profile.ts';
import { planChanges, type ChangePlan } from './plan-changes.ts';
import { takenProblems } from './taken-problems.ts';

export interface SetRequest {
  /** An id, a username or an e-mail address. */
  readonly who: string;
  /** `forceReset`, `preRegistration`, `enabled`, or a field by its name; the values as typed. */
  readonly changes: Readonly<Record<string, string>>;
  readonly actor: string;
}

export interface SetResult {
  readonly id: string;
  readonly username: string;
  /** Empty when everything was so already. */
  readonly changes: Readonly<Record<string, FieldChange>>;
  /** A registration e-mail is on its way. */
  readonly emailRequested: boolean;
}

/**
 * Changes flags of anybody, and fields of those whom no provider owns.
 *
 * @throws AppError `PROFILE_INVALID` with every problem at once (`FIELD_OWNED_BY_PROVIDER`,
 *   `PASSWORD_CHOSEN`, …), or as {@link findProfile}.
 */
export async function setProfile(context: AppContext, request: SetRequest): Promise<SetResult> {
  const { id } = await findProfile(context, request.who);
  try {
    return await context.store.transaction(async (tx) => await set(context, tx, { ...request, id }));
  } catch (error) {
    throw takenMeanwhile(error);
  }
}

async function set(
  context: AppContext,
  tx: Transaction,
  request: SetRequest & { readonly id: string },
): Promise<SetResult> {
  const { id } = request;
  const profile = await lockProfile(tx, id);
  if (profile === null) throw missing('profile', request.who);
  const plan = planChanges({ profile, access: await readAccess(tx, id) }, request.changes);
  const problems = [...plan.problems, ...(await nameProblems(context, tx, { plan, id }))];
  if (problems.length > 0)
    throw invalid('PROFILE_INVALID', `Nothing of ${profile.username} was changed.`, problems);
  const changes = fieldChanges(profile, plan.after);
  const emailRequested = await write(context, tx, { id, plan, changes, actor: request.actor });
  return { id, username: plan.after.username, changes, emailRequested };
}

async function nameProblems(
  context: AppContext,
  tx: Transaction,
  { plan, id }: { plan: ChangePlan; id: string },
): Promise<readonly Problem[]> {
  const { sharedEmail } = context.settings;
  const [taken = []] = await takenProblems(tx, { people: [plan.after], sharedEmail, except: id });
  return taken
    .filter(({ field }) => plan.given.includes(field))
    .map(({ field, code, message }) => ({ path: field, code, message, remedy: '' }));
}

interface Writing {
  readonly id: string;
  readonly actor: string;
  readonly plan: ChangePlan;
  readonly changes: Readonly<Record<string, FieldChange>>;
}

/** @returns whether a registration e-mail was asked for. */
async function write(context: AppContext, tx: Transaction, about: Writing): Promise<boolean> {
  const { id, plan, changes, actor } = about;
  if (Object.keys(changes).length === 0) return false;
  const cause = { kind: 'operator', name: actor } as const;
  await updateProfile(tx, {
    profile: { ...plan.after, id },
    sharedEmail: context.settings.sharedEmail,
    addressChanged: 'email' in changes,
    endSessions: changes['enabled']?.to === 'false' || changes['forceReset']?.to === 'true',
  });
  await recordEvents(tx, cause, [{ profileId: id, kind: 'updated', detail: { changes } }]);
  await appendAudit(tx, context.keyring, { actor, action: 'profile.set', subject: id, detail: { changes } });
  if (changes['preRegistration']?.to !== 'true') return false;
  await requestEmails(tx, 'registration', { profileIds: [id], cause });
  return true;
}
