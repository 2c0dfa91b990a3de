import type { z } from 'zod';
import type { Secret } from '../../../connectors/contract/secret.ts';
import type { ParsedDefinition } from '../../http/schemas/provider-definition.ts';
import type {
  discoverySchema,
  pausedSchema,
  plannedSchema,
  previewedSchema,
  providerSchema,
  pushKeySchema,
  removedSchema,
  shownProviderSchema,
  testSchema,
  traceReportSchema,
} from '../../http/schemas/providers.ts';

export type Provider = z.output<typeof providerSchema>;
export type ShownProvider = z.output<typeof shownProviderSchema>;
export type PlannedProvider = z.output<typeof plannedSchema>;
export type ProviderTest = z.output<typeof testSchema>;
export type Discovery = z.output<typeof discoverySchema>;
export type Proposal = NonNullable<Discovery['proposal']>;
export type ProposedSalt = NonNullable<Proposal['salted']>;
export type ProposedField = Proposal['fields'][number];
export type PreviewedRecord = z.output<typeof previewedSchema>;
export type TraceReport = z.output<typeof traceReportSchema>;
export type PushKey = z.output<typeof pushKeySchema>;
type Removed = z.output<typeof removedSchema>;
type Paused = z.output<typeof pausedSchema>;

/** A definition that somebody has in a file. */
export interface GivenDefinition {
  /** As its author wrote it, variables filled in, without the password. */
  readonly document: Readonly<Record<string, unknown>>;
  /** The same, checked and complete. */
  readonly definition: ParsedDefinition['definition'];
  /** Null: the file gives none. */
  readonly password: Secret | null;
}

/** A registered provider by its name, or a definition that nobody has saved. */
export type Target = { readonly name: string } | GivenDefinition;

export interface ProviderAsks {
  list(): Promise<readonly Provider[]>;
  show(name: string): Promise<ShownProvider>;
  traces(name: string, signal: AbortSignal): Promise<TraceReport>;
  /** What {@link apply} would do; changes nothing. */
  plan(given: readonly GivenDefinition[]): Promise<readonly PlannedProvider[]>;
  /** All of them or none. */
  apply(given: readonly GivenDefinition[]): Promise<readonly PlannedProvider[]>;
  test(target: Target, signal: AbortSignal): Promise<ProviderTest>;
  discover(target: Target, signal: AbortSignal): Promise<Discovery>;
  preview(target: Target, limit: number, signal: AbortSignal): Promise<readonly PreviewedRecord[]>;
  /** The SQL for the database administrator. */
  grants(target: Target): Promise<string>;
  makeKey(name: string): Promise<PushKey>;
  pause(name: string): Promise<Paused>;
  resume(name: string): Promise<Paused>;
  remove(name: string, people: 'keep' | 'disable', signal: AbortSignal): Promise<Removed>;
}
