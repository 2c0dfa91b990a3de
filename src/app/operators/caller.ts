import type { OperatorRole, Scope } from '../../domain/operators/scopes.ts';

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
      readonly name: string;
      /** Of whoever made the token. */
      readonly role: OperatorRole;
      readonly scopes: readonly Scope[];
    };

/** Who did it, as timelines and the audit log say. */
export function actorOf(caller: Caller): string {
  return caller.kind === 'session' ? caller.name : `token:${caller.name}`;
}
