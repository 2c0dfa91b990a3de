import type { Given } from './option.ts';

export const DEFAULT_PORT = '4600';
export const EMBEDDED_TEXT = '`true` without `DATABASE_URL`, otherwise `false`';

export function embedded(given: Given): string {
  return String(given.text('DATABASE_URL') === undefined);
}

export function localUrl(given: Given): string {
  return `http://localhost:${given.text('TRIBUTARY_PORT') ?? DEFAULT_PORT}`;
}

export function senderAtPublicHost(given: Given): string {
  const url = given.text('TRIBUTARY_PUBLIC_URL') ?? '';
  return `no-reply@${URL.canParse(url) ? new URL(url).hostname : 'localhost'}`;
}
