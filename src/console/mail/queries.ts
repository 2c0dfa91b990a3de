import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { emailSchema, previewSchema, schemeSchema, templatesSchema } from '../../http/schemas/mail.ts';
import { pagesOf } from '../api/pages.ts';
import { get } from '../api/request.ts';
import type { Wire } from '../api/wire.ts';
import { stretchQueryOf, type StretchSearch } from '../shell/read-stretch.ts';

export type Email = Wire<z.output<typeof emailSchema>>;
export type Templates = Wire<z.output<typeof templatesSchema>>;
export type Template = Templates['items'][number];
export type Preview = Wire<z.output<typeof previewSchema>>;
export type Scheme = z.output<typeof schemeSchema>;

export const STATES: readonly Email['state'][] = [
  'held',
  'queued',
  'sent',
  'undeliverable',
  'failed',
  'cancelled',
];

/** Held in the address of the screen. */
export interface EmailSearch extends StretchSearch {
  readonly state?: Email['state'] | undefined;
  /** Whose people they go to. */
  readonly provider?: string | undefined;
}

export const emailsQuery = (search: EmailSearch) => pagesOf<Email>('/emails', stretchQueryOf(search));

export async function retryEmails(
  which: { readonly id: string } | { readonly all: true },
): Promise<{ readonly retried: number }> {
  return await get('/emails/retry', { method: 'POST', body: which });
}

export const templatesQuery = queryOptions({
  queryKey: ['email-templates'],
  queryFn: async ({ signal }) => await get<Templates>('/email-templates', { signal }),
});

export type WhichTemplate = Pick<Template, 'kind' | 'language'>;

const path = ({ kind, language }: WhichTemplate): string =>
  `/email-templates/${encodeURIComponent(kind)}/${encodeURIComponent(language)}`;

export const previewQuery = (which: WhichTemplate) =>
  queryOptions({
    queryKey: ['email-templates', which.kind, which.language],
    queryFn: async ({ signal }) => await get<Preview>(path(which), { signal }),
  });

/** Of the page for a frame. */
export function htmlAddress(which: WhichTemplate, scheme: Scheme): string {
  return `/api/v1${path(which)}/html?scheme=${scheme}`;
}

export async function sendTest(which: WhichTemplate): Promise<{ readonly to: string }> {
  return await get(`${path(which)}/test`, { method: 'POST' });
}
