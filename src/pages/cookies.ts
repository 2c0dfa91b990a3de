import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Secret } from '../../connectors/contract/secret.ts';

export type CookieName = 'session' | 'change';

/** Reads and writes the two cookies of the hosted pages. */
export interface Cookies {
  read(request: FastifyRequest, name: CookieName): Secret | null;
  /** @param seconds how long the browser keeps it. */
  write(reply: FastifyReply, cookie: { name: CookieName; value: Secret; seconds: number }): void;
  clear(reply: FastifyReply, name: CookieName): void;
}

/**
 * Cookies are `__Host-` and Secure when the public URL is https. The prefix asks
 * for Secure, and over plain http, which is allowed on the loopback address only,
 * some browsers and most command-line clients keep no Secure cookie: there the
 * names are plain.
 */
export function createCookies(publicUrl: string): Cookies {
  const secure = publicUrl.startsWith('https:');
  const nameOf = (name: CookieName): string => `${secure ? '__Host-' : ''}tributary-${name}`;
  const optionsOf = (name: CookieName): CookieSerializeOptions => ({
    path: '/',
    httpOnly: true,
    secure,
    // A session survives being linked to; a ticket is only ever followed from our own page.
    sameSite: name === 'session' ? 'lax' : 'strict',
  });
  return {
    read: (request, name) => {
      const value = request.cookies[nameOf(name)];
      return value === undefined || value === '' ? null : new Secret(value);
    },
    write: (reply, { name, value, seconds }) => {
      reply.setCookie(nameOf(name), value.reveal(), { ...optionsOf(name), maxAge: seconds });
    },
    clear: (reply, name) => {
      reply.clearCookie(nameOf(name), optionsOf(name));
    },
  };
}
