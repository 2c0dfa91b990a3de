import type { FastifyReply, FastifyRequest } from 'fastify';
import { returnAddress } from '../domain/passwords/return-address.ts';
import type { Face } from './face.ts';

/**
 * Where the person came from and goes on to, when it is one of the listed
 * places; null otherwise. A form's own field wins over the address it is sent to.
 */
export function returnTo(face: Face, request: FastifyRequest): string | null {
  const origins = face.context.settings.returnOrigins ?? [];
  for (const source of [request.body, request.query]) {
    const named = (source as Readonly<Record<string, unknown>> | null | undefined)?.['return_to'];
    if (named !== undefined) return returnAddress(named, origins);
  }
  return null;
}

/** Browsers hold a form's redirects to `form-action` too: the one place it may lead to is added there. */
export function allowReturn(reply: FastifyReply, address: string | null): void {
  const policy = reply.getHeader('content-security-policy');
  if (address === null || typeof policy !== 'string') return;
  const { origin } = new URL(address);
  reply.header(
    'content-security-policy',
    policy.replace("form-action 'self'", `form-action 'self' ${origin}`),
  );
}

/** @returns `path` with the place to go on to, so that it is not lost on the way. */
export function withReturn(path: string, address: string | null): string {
  if (address === null) return path;
  return `${path}${path.includes('?') ? '&' : '?'}return_to=${encodeURIComponent(address)}`;
}
