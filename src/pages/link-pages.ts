import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Secret } from '../../connectors/contract/secret.ts';
import { checkToken } from '../app/passwords/check-token.ts';
import { requestNewLink } from '../app/passwords/request-new-link.ts';
import { setPasswordByLink } from '../app/passwords/set-password-by-link.ts';
import type { LinkPurpose } from '../app/passwords/token-link.ts';
import { show, UNACCEPTABLE, type Face, type Fault } from './face.ts';
import { linkForm, newLinkForm, readForm, tokenQuery } from './forms.ts';
import { newPasswordFaults, UNREADABLE } from './new-password-faults.ts';

/** A link that no longer works was right once: gone, not missing. */
const GONE = 410;

interface LinkPage {
  readonly purpose: LinkPurpose;
  readonly path: string;
}

const PAGES: readonly LinkPage[] = [
  { purpose: 'first-password', path: '/password/first' },
  { purpose: 'reset-password', path: '/password/reset' },
];

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The pages that mailed links lead to. Opening one consumes nothing; its form does. */
export function linkPages(server: FastifyInstance, face: Face): void {
  for (const page of PAGES) {
    server.get(page.path, async (request, reply) => {
      const token = readForm(tokenQuery, request.query)?.token ?? new Secret('');
      await showForm(face, { request, reply }, { page, token, faults: [] });
    });
    server.post(page.path, async (request, reply) => await setFromForm(face, { request, reply }, page));
    server.post(`${page.path}/new-link`, async (request, reply) => {
      const token = readForm(newLinkForm, request.body)?.token ?? new Secret('');
      await requestNewLink(face.context, { purpose: page.purpose, token, address: request.ip });
      await show(face, { request, reply }, { template: 'link-sent' });
    });
  }
}

async function showForm(
  face: Face,
  exchange: Exchange,
  about: { readonly page: LinkPage; readonly token: Secret; readonly faults: readonly Fault[] },
): Promise<void> {
  const { page, token, faults } = about;
  const good = await checkToken(face.context, page.purpose, token);
  const data = { purpose: page.purpose, path: page.path, token: token.reveal() };
  if (good === null) {
    await show(face, exchange, { template: 'link-over', status: GONE, data });
    return;
  }
  const status = faults.length === 0 ? 200 : UNACCEPTABLE;
  const { username } = good.person;
  await show(face, exchange, { template: 'link', status, data: { ...data, username, faults } });
}

async function setFromForm(face: Face, exchange: Exchange, page: LinkPage): Promise<void> {
  const form = readForm(linkForm, exchange.request.body);
  if (form === null) {
    const token = readForm(newLinkForm, exchange.request.body)?.token ?? new Secret('');
    await showForm(face, exchange, { page, token, faults: UNREADABLE });
    return;
  }
  const outcome = await setPasswordByLink(face.context, {
    purpose: page.purpose,
    token: form.token,
    typed: { password: form.password, again: form.passwordAgain },
  });
  if (outcome.outcome === 'set') {
    await show(face, exchange, { template: 'done', data: { writeBack: outcome.writeBack } });
    return;
  }
  const faults = outcome.outcome === 'unsuitable' ? newPasswordFaults(outcome.faults) : [];
  await showForm(face, exchange, { page, token: form.token, faults });
}
