import type { Finding } from '../../../connectors/contract/connector.ts';
import { ConnectorError } from '../../../connectors/contract/errors.ts';
import { estimateFirstRun, type FirstRun } from '../../domain/providers/estimate-first-run.ts';
import { judgeSample, type SampleFinding } from '../../domain/providers/judge-sample.ts';
import { detect } from '../../passwords/detect.ts';
import type { AppContext } from '../context.ts';
import type { OpenTarget } from './provider-target.ts';

/** One thing learned about a provider: by its connector, or by mapping some of its records. */
export type TestFinding = Finding | SampleFinding | (Omit<Finding, 'step'> & { readonly step: 'first run' });

export interface LookedAt {
  readonly findings: readonly TestFinding[];
  /** Null when the records could not be read. */
  readonly firstRun: FirstRun | null;
}

/** Enough to meet what is common, and read within a second. */
const SAMPLE = 500;

/** Reads and maps the first records as a run would, and says what the first run would be like. Changes nothing. */
export async function lookAtSample(
  context: AppContext,
  { connector, definition }: OpenTarget,
  signal: AbortSignal,
): Promise<LookedAt> {
  const began = performance.now();
  try {
    const { records } = await connector.records.page(null, SAMPLE, signal);
    const readingMs = performance.now() - began;
    const { findings, invited } = judgeSample(definition, records, {
      formatOf: (hash) => detect(hash, definition.password?.format ?? 'auto')?.format.name ?? null,
      sharedEmail: context.settings.sharedEmail,
    });
    const count = await connector.records.count(signal);
    const sent = definition.password?.invitations === 'hold' ? 0 : invited;
    const looked = records.length;
    const firstRun = estimateFirstRun({ records: count, looked, invited: sent, readingMs });
    return { findings: [...findings, ...firstRunFindings(firstRun, definition.safeguards.emails)], firstRun };
  } catch (error) {
    // The connector's own check has found a reason, or the source failed after it.
    if (!(error instanceof ConnectorError)) throw error;
    return { findings: [], firstRun: null };
  }
}

function firstRunFindings({ records, seconds, emails }: FirstRun, limit: number): TestFinding[] {
  const about = `${records.toLocaleString('en-GB')} records are in scope; the first run takes about ${duration(seconds)}`;
  const sends =
    emails === 0
      ? 'sends no registration e-mail'
      : `sends about ${emails.toLocaleString('en-GB')} registration e-mails`;
  if (records === 0) return [];
  if (emails <= limit)
    return [{ step: 'first run', severity: 'ok', code: 'OK', message: `${about} and ${sends}`, remedy: '' }];
  return [
    {
      step: 'first run',
      severity: 'warning',
      code: 'EMAILS_ABOVE_SAFEGUARD',
      message: `${about} and ${sends}: above ${limit.toLocaleString('en-GB')} it is held until somebody approves it`,
      remedy:
        'Import first and hold the invitations back (password.invitations: hold), then release them in waves, or raise safeguards.emails.',
    },
  ];
}

function duration(seconds: number): string {
  if (seconds < 90) return seconds <= 1 ? 'a second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
