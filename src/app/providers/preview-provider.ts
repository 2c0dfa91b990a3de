import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { SourceRecord } from '../../../connectors/contract/record.ts';
import { storedPassword } from '../../domain/passwords/stored-password.ts';
import { mapRecord } from '../../domain/mapping/map-record.ts';
import type { RecordFault } from '../../domain/mapping/mapped-record.ts';
import type { ProfileFields } from '../../domain/profile.ts';
import { detect } from '../../passwords/detect.ts';
import type { AppContext } from '../context.ts';
import { openTarget, type ProviderTarget } from './provider-target.ts';

/** One record as it would become a profile, or why it cannot. */
export interface PreviewedRecord {
  readonly key: string;
  /** Null when the record cannot be mapped. */
  readonly fields: ProfileFields | null;
  readonly enabled: boolean | null;
  readonly forceReset: boolean | null;
  readonly preRegistration: boolean | null;
  /** The format of the stored hash; `unknown` when it is none we know or nobody may sign in with it; null without one. */
  readonly password: string | null;
  readonly faults: readonly RecordFault[];
}

/** The first records in key order, mapped. Nothing is saved. */
export async function previewProvider(
  context: AppContext,
  request: { readonly target: ProviderTarget; readonly limit: number; readonly signal: AbortSignal },
): Promise<readonly PreviewedRecord[]> {
  await using open = await openTarget(context, request.target);
  const { records } = await open.connector.records.page(null, request.limit, request.signal);
  return records.map((record) => preview(open.definition, record));
}

function preview(definition: ProviderDefinition, record: SourceRecord): PreviewedRecord {
  const mapped = mapRecord(definition, record);
  const { key } = record;
  const password = formatOf(definition, record);
  if (!mapped.ok) {
    const nothing = { fields: null, enabled: null, forceReset: null, preRegistration: null };
    return { key, ...nothing, password, faults: mapped.faults };
  }
  const { fields, enabled, forceReset, preRegistration } = mapped.record;
  return { key, fields, enabled, forceReset, preRegistration, password, faults: [] };
}

function formatOf(definition: ProviderDefinition, record: SourceRecord): string | null {
  const stored = storedPassword(definition, record);
  if (stored === null) return null;
  return detect(stored.reveal(), definition.password?.format ?? 'auto')?.format.name ?? 'unknown';
}
