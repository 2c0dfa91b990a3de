import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Secret } from '../../connectors/contract/secret.ts';
import {
  changePassword,
  type ChangePasswordOutcome,
  type ChangeProof,
} from '../app/passwords/change-password.ts';
import { checkToken } from '../app/passwords/check-token.ts';
import { readAccount } from '../app/passwords/read-account.ts';
import { show, UNACCEPTABLE, visitorOf, type Face, type Fault } from './face.ts';
import { changeForm, readForm } from './forms.ts';
import { returnTo, withReturn } from './return-to.ts';
import { newPasswordFaults, UNREADABLE } from './new-password-faults.ts';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Who may change a password here. */
interface Changer {
  readonly username: string;
  /** Of a sign-in with a temporary password; null for somebody who is signed in and types the present one. */
  readonly ticket: Secret | null;
  readonly session: Secret;
}

const NO_SESSION = new Secret('');
const WRONG_CURRENT: readonly Fault[] = [{ field: 'currentPassword', text: 'change.wrongCurrent' }];

export function changePage(server: FastifyInstance, face: Face): void {
  server.get('/password/change', async (request, reply) => {
    const changer = await findChanger(face, request);
    if (changer === null) return await reply.redirect('/sign-in', 303);
    await showForm(face, { request, reply }, { changer, faults: [] });
  });

  server.post('/password/change', async (request, reply) => {
    const changer = await findChanger(face, request);
    if (changer === null) return await reply.redirect('/sign-in', 303);
    await answerForm(face, { request, reply }, changer);
  });
}

async function findChanger(face: Face, request: FastifyRequest): Promise<Changer | null> {
  const ticket = face.cookies.read(request, 'change');
  const session = face.cookies.read(request, 'session') ?? NO_SESSION;
  const good = ticket === null ? null : await checkToken(face.context, 'change-password', ticket);
  if (good !== null) return { username: good.person.username, ticket, session };
  const account = await readAccount(face.context, session);
  return account === null ? null : { username: account.username, ticket: null, session };
}

async function showForm(
  face: Face,
  exchange: Exchange,
  about: { readonly changer: Changer; readonly faults: readonly Fault[] },
): Promise<void> {
  const { changer, faults } = about;
  const required = changer.ticket !== null;
  const data = { username: changer.username, required, returnTo: returnTo(face, exchange.request), faults };
  const status = faults.length === 0 ? 200 : UNACCEPTABLE;
  await show(face, exchange, { template: 'change', status, data });
}

async function answerForm(face: Face, exchange: Exchange, changer: Changer): Promise<void> {
  const { request, reply } = exchange;
  const form = readForm(changeForm, request.body);
  if (form === null) {
    await showForm(face, exchange, { changer, faults: UNREADABLE });
    return;
  }
  const outcome = await changePassword(face.context, {
    proof: proofOf(changer, form.currentPassword),
    typed: { password: form.password, again: form.passwordAgain },
    visitor: visitorOf(request),
  });
  if (outcome.outcome === 'expired') return await reply.redirect('/sign-in', 303);
  if (outcome.outcome !== 'set') {
    const faults = outcome.outcome === 'refused' ? WRONG_CURRENT : newPasswordFaults(outcome.faults);
    await showForm(face, exchange, { changer, faults });
    return;
  }
  await afterChange(face, exchange, outcome);
}

async function afterChange(
  face: Face,
  exchange: Exchange,
  outcome: Extract<ChangePasswordOutcome, { outcome: 'set' }>,
): Promise<void> {
  const { request, reply } = exchange;
  face.cookies.clear(reply, 'change');
  if (outcome.writeBack?.state === 'conflict') {
    // The provider's own password is in force, and every session is over: there is no account to show.
    face.cookies.clear(reply, 'session');
    await show(face, exchange, { template: 'done', data: { writeBack: outcome.writeBack } });
    return;
  }
  const seconds = face.context.settings.sessionHours * 3_600;
  if (outcome.session !== null)
    face.cookies.write(reply, { name: 'session', value: outcome.session, seconds });
  await reply.redirect(withReturn('/account?password-set', returnTo(face, request)), 303);
}

function proofOf(changer: Changer, currentPassword: Secret | undefined): ChangeProof {
  return changer.ticket === null
    ? { session: changer.session, currentPassword: currentPassword ?? new Secret('') }
    : { ticket: changer.ticket };
}
