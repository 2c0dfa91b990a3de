import {
  auditEntrySchema,
  auditReportSchema,
  createdTokenSchema,
  invitedOperatorSchema,
  operatorSchema,
  revokedTokenSchema,
  tokenSchema,
} from '../../http/schemas/operators.ts';
import type { AuditAsks, OperatorAsks } from '../asks/operators.ts';
import { notThroughTheApi } from './not-through-the-api.ts';
import type { Server } from './server.ts';
import { stretchQuery } from './stretch-query.ts';

export function remoteOperators(server: Server): OperatorAsks {
  return {
    list: () => server.items(operatorSchema, { path: '/operators' }),
    create: async ({ name, role, password }) => {
      if (password !== null)
        throw notThroughTheApi(
          'A password of an operator',
          'Leave --password out: the link lets them choose one.',
        );
      const asked = { method: 'POST', path: '/operators', body: { name, role } } as const;
      return await server.ask(invitedOperatorSchema, asked);
    },
    invite: (who, dropSecondFactor) =>
      server.ask(invitedOperatorSchema, {
        method: 'POST',
        path: `${operatorPath(who)}/link`,
        body: { dropSecondFactor },
      }),
    setDisabled: (who, disabled) =>
      server.ask(operatorSchema, { method: 'PATCH', path: operatorPath(who), body: { disabled } }),
    tokens: () => server.items(tokenSchema, { path: '/tokens' }),
    createToken: (body) => server.ask(createdTokenSchema, { method: 'POST', path: '/tokens', body }),
    revokeToken: (which, { keepOperators }) =>
      server.ask(revokedTokenSchema, {
        method: 'DELETE',
        path: `/tokens/${encodeURIComponent(which)}`,
        query: { keepOperators },
      }),
  };
}

function operatorPath(who: string): string {
  return `/operators/${encodeURIComponent(who)}`;
}

export function remoteAudit(server: Server): AuditAsks {
  return {
    list: ({ after, limit, ...filter }) =>
      server.list(
        auditEntrySchema,
        { path: '/audit', query: { ...stretchQuery(filter), cursor: after } },
        limit,
      ),
    verify: (anchors) =>
      server.ask(auditReportSchema, { method: 'POST', path: '/audit/verify', body: { anchors } }),
  };
}
