import type { z } from 'zod';
import type { Secret } from '../../../connectors/contract/secret.ts';
import type {
  auditEntrySchema,
  auditReportSchema,
  createdTokenSchema,
  operatorSchema,
  revokedTokenSchema,
  roleSchema,
  tokenSchema,
} from '../../http/schemas/operators.ts';
import type { Stretch } from './stretch.ts';

export type Operator = z.output<typeof operatorSchema>;
export type OperatorRole = z.output<typeof roleSchema>;
export type ApiToken = z.output<typeof tokenSchema>;
export type AuditEntry = z.output<typeof auditEntrySchema>;
export type AuditReport = z.output<typeof auditReportSchema>;
export type RevokedToken = z.output<typeof revokedTokenSchema>;
type CreatedToken = z.output<typeof createdTokenSchema>;

/** An operator, with the link by which they choose a password; null when they have one. */
export interface InvitedOperator {
  readonly name: string;
  readonly link: string | null;
  readonly expiresAt: Date | string | null;
}

export interface OperatorAsks {
  list(): Promise<readonly Operator[]>;
  create(about: {
    readonly name: string;
    readonly role: OperatorRole;
    readonly password: Secret | null;
  }): Promise<InvitedOperator>;
  invite(who: string, dropSecondFactor: boolean): Promise<InvitedOperator>;
  setDisabled(who: string, disabled: boolean): Promise<Operator>;
  tokens(): Promise<readonly ApiToken[]>;
  createToken(about: {
    readonly name: string;
    readonly scopes: readonly string[];
    readonly days: number;
  }): Promise<CreatedToken>;
  /** Ends what it made too; `keepOperators`: except for operators who got in by its links. */
  revokeToken(which: string, about: { readonly keepOperators: boolean }): Promise<RevokedToken>;
}

export interface AuditAsks {
  list(
    about: Stretch & {
      readonly actor: string | undefined;
      readonly action: string | undefined;
      readonly subject: string | undefined;
      /** The number of the last one seen. */
      readonly after: string | undefined;
    },
  ): Promise<readonly AuditEntry[]>;
  /** @param anchors what earlier verifications printed. */
  verify(anchors: readonly string[]): Promise<AuditReport>;
}
