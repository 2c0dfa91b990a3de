import {
  auditEntrySchema,
  auditReportSchema,
  createdTokenSchema,
  operatorSchema,
  revokedTokenSchema,
  tokenSchema,
} from '../../http/schemas/operators.ts';
import type { AuditAsks, OperatorAsks } from '../asks/operators.ts';
import { shown, shownList, type About } from './about.ts';

export function directOperators(about: About): OperatorAsks {
  return { ...people(about), ...tokens(about) };
}

function people({ context, actor }: About): Pick<OperatorAsks, 'list' | 'create' | 'invite' | 'setDisabled'> {
  return {
    list: async () => {
      const { listOperators } = await import('../../app/operators/read-operator.ts');
      return shownList(operatorSchema, await listOperators(context));
    },
    create: async (request) => {
      const { createOperator } = await import('../../app/operators/create-operator.ts');
      const { name, link } = await createOperator(context, { ...request, actor });
      return { name, link: link?.url.reveal() ?? null, expiresAt: link?.expiresAt ?? null };
    },
    invite: async (who, dropSecondFactor) => {
      const { inviteOperator } = await import('../../app/operators/change-operator.ts');
      const { name, link } = await inviteOperator(context, { who, dropSecondFactor, actor });
      return { name, link: link.url.reveal(), expiresAt: link.expiresAt };
    },
    setDisabled: async (who, disabled) => {
      const { changeOperator } = await import('../../app/operators/change-operator.ts');
      const change = { who, disabled, actor, operatorId: null };
      return shown(operatorSchema, await changeOperator(context, change));
    },
  };
}

function tokens({ context, actor }: About): Pick<OperatorAsks, 'tokens' | 'createToken' | 'revokeToken'> {
  return {
    tokens: async () => {
      const { listTokens } = await import('../../app/operators/tokens.ts');
      return shownList(tokenSchema, await listTokens(context, null));
    },
    createToken: async (request) => {
      const { createToken } = await import('../../app/operators/create-token.ts');
      const made = await createToken(context, { ...request, actor, maker: null });
      return shown(createdTokenSchema, { ...made, token: made.token.reveal() });
    },
    revokeToken: async (which, { keepOperators }) => {
      const { revokeToken } = await import('../../app/operators/tokens.ts');
      const request = { which, operatorId: null, keepOperators, actor };
      return shown(revokedTokenSchema, await revokeToken(context, request));
    },
  };
}

export function directAudit({ context }: About): AuditAsks {
  return {
    list: async (filter) => {
      const { listAudit } = await import('../../app/operators/list-audit.ts');
      return shownList(auditEntrySchema, await listAudit(context, filter));
    },
    verify: async (anchors) => {
      const { noteAnchor, readAnchors } = await import('../../app/operators/audit-anchor.ts');
      const { verifyAudit } = await import('../../app/operators/verify-audit.ts');
      const report = shown(auditReportSchema, await verifyAudit(context, readAnchors(anchors)));
      if (report.faults.length === 0) await noteAnchor(context);
      return report;
    },
  };
}
