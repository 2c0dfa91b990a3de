import type { FastifyReply, FastifyRequest } from 'fastify';
import { Secret } from '../../../connectors/contract/secret.ts';

const HOURS = 12;

/** The cookie of a console session: never readable by scripts, never sent along from other sites. */
export interface OperatorCookie {
  read(request: FastifyRequest): Secret | null;
  write(reply: FastifyReply, value: Secret): void;
  clear(reply: FastifyReply): void;
}

/** `__Host-` and Secure over https; over http, which is for this machine only, browsers keep neither. */
export function operatorCookie(publicUrl: string): OperatorCookie {
  const secure = publicUrl.startsWith('https:');
  const name = `${secure ? '__Host-' : ''}tributary-operator`;
  const options = { path: '/', httpOnly: true, secure, sameSite: 'strict' } as const;
  return {
    read: (request) => {
      const value = request.cookies[name];
      return value === undefined || value === '' ? null : new Secret(value);
    },
    write: (reply, value) => {
      reply.setCookie(name, value.reveal(), { ...options, maxAge: HOURS * 3_600 });
    },
    clear: (reply) => {
      reply.clearCookie(name, options);
    },
  };
}
