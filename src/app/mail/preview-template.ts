import { Secret } from '../../../connectors/contract/secret.ts';
import { AppError } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { EmailKind } from '../../store/entities/effects.ts';
import type { AppContext } from '../context.ts';
import { linkFor } from '../passwords/token-link.ts';
import type { MailDesk, MailTemplate, RenderedMail } from './mail-desk.ts';
import type { OutgoingMail } from './send-mail.ts';

/** Which e-mail, in which language. */
export interface WhichTemplate {
  readonly kind: string;
  readonly language: string;
}

/** What a link ends with that leads to nobody's password. */
const NO_TOKEN = new Secret('example');

const PURPOSES = {
  registration: 'first-password',
  'password-reset': 'reset-password',
  'password-set': null,
} as const satisfies Record<EmailKind, 'first-password' | 'reset-password' | null>;

/** A template filled with an invented person. @throws AppError `TEMPLATE_NOT_FOUND`, `TEMPLATE_BROKEN` */
export async function previewTemplate(
  context: Pick<AppContext, 'settings'>,
  desk: MailDesk,
  which: WhichTemplate,
): Promise<RenderedMail & { readonly template: MailTemplate }> {
  const template = await findTemplate(desk, which);
  return { ...(await desk.render(sampleMail(context, template, SAMPLE))), template };
}

/** @throws AppError `TEMPLATE_NOT_FOUND` */
export async function findTemplate(desk: MailDesk, { kind, language }: WhichTemplate): Promise<MailTemplate> {
  const templates = await desk.templates();
  const found = templates.find((one) => one.kind === kind && one.language === language);
  if (found !== undefined) return found;
  throw new AppError({
    kind: 'missing',
    code: 'TEMPLATE_NOT_FOUND',
    message: `There is no e-mail ${kind} in ${language}.`,
    remedy: `There are: ${templates.map((one) => `${one.kind} ${one.language}`).join(', ')}.`,
  });
}

export interface SamplePerson {
  readonly to: string;
  readonly name: string;
  readonly username: string;
}

const SAMPLE: SamplePerson = { to: 'freja@example.org', name: 'Freja', username: 'freja.lindqvist' };

/** One e-mail to somebody who does not exist; its link opens nothing. */
export function sampleMail(
  { settings }: Pick<AppContext, 'settings'>,
  { kind, language }: MailTemplate,
  person: SamplePerson,
): OutgoingMail {
  const purpose = PURPOSES[kind];
  const seconds =
    purpose === 'first-password' ? settings.registrationLinkHours * 3_600 : settings.resetLinkMinutes * 60;
  return {
    ...person,
    id: newId(),
    kind,
    locale: language,
    link: purpose === null ? null : linkFor(settings, purpose, NO_TOKEN),
    linkValidUntil: purpose === null ? null : new Date(new Date().getTime() + seconds * 1_000),
  };
}
