import type { OperatorRole, Scope } from '../../domain/operators/scopes.ts';
import type { MadeBy } from '../../store/operators/made-by.ts';

/** Who asks for something over the API. */
export type Caller =
  | {
      readonly kind: 'session';
      readonly operatorId: string;
      readonly sessionId: string;
      readonly name: string;
      readonly role: OperatorRole;
      /** Has proven one, and was asked for it at sign-in since. */
      readonly secondFactor: boolean;
    }
  | {
      readonly kind: 'token';
      readonly tokenId: string;
      /** Whoever made the token, or the one it was made with; null: the command line. */
      readonly operatorId: string | null;
      readonly name: string;
      /** Of whoever made the token. */
      readonly role: OperatorRole;
      /** Whoever made it has one; also of a token made at the command line, where nobody signs in. */
      readonly secondFactor: boolean;
      readonly scopes: readonly Scope[];
      readonly expiresAt: Date;
    };

/** Who did it, as timelines and the audit log say. */
export function actorOf(caller: Caller): string {
  return caller.kind === 'session' ? caller.name : `token:${caller.name}`;
}

/** Nobody whom anything ends with. */
export const COMMAND_LINE: MadeBy = { operatorId: null, tokenId: null };

/** With whom ends what the caller makes. */
export function madeBy(caller: Caller): MadeBy {
  return { operatorId: caller.operatorId, tokenId: caller.kind === 'token' ? caller.tokenId : null };
}
