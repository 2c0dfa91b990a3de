import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Count, Gauges } from '../../app/operators/read-gauges.ts';

interface GaugeAbout {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
}

/** Everything that is read from the store, once: the registry and the reference are made from this list. */
export const GAUGES: Readonly<Record<keyof Gauges, GaugeAbout>> = {
  runs: { name: 'tributary_runs', help: 'Runs that have not ended, by state', labels: ['state'] },
  outbox: {
    name: 'tributary_outbox_pending',
    help: 'Side effects that are still to be carried out',
    labels: ['kind'],
  },
  outboxAge: {
    name: 'tributary_outbox_oldest_seconds',
    help: 'For how long the oldest side effect that is due has been waiting',
    labels: ['kind'],
  },
  writeBacks: {
    name: 'tributary_write_backs',
    help: 'Passwords that are not at their provider yet, by state',
    labels: ['state'],
  },
  emails: {
    name: 'tributary_emails',
    help: 'E-mails that wait or failed, and those of the last 7 days, by state',
    labels: ['state'],
  },
  providerLag: {
    name: 'tributary_provider_lag_seconds',
    help: 'Time since the last run of a provider that ended well began',
    labels: ['provider'],
  },
  providersFailing: {
    name: 'tributary_provider_failing',
    help: '1 while the last thing that was asked of a provider failed',
    labels: ['provider'],
  },
  people: { name: 'tributary_profiles', help: 'About how many people there are', labels: ['table'] },
};

export const REQUESTS: GaugeAbout = {
  name: 'tributary_http_request_seconds',
  help: 'Time until an answer was sent, by route and not by address',
  labels: ['method', 'route', 'status'],
};

const BUCKETS = [0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

/** The figures of this process and of the store, in the format of Prometheus. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #gauges = new Map<string, Gauge>();
  readonly #requests: Histogram;

  constructor() {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry, prefix: 'tributary_' });
    for (const [key, { labels, ...about }] of Object.entries(GAUGES))
      this.#gauges.set(key, new Gauge({ ...about, labelNames: labels, registers }));
    const { labels, ...about } = REQUESTS;
    this.#requests = new Histogram({ ...about, labelNames: labels, buckets: BUCKETS, registers });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  noteRequest(
    about: { readonly method: string; readonly route: string; readonly status: string },
    seconds: number,
  ): void {
    this.#requests.observe(about, seconds);
  }

  async text(gauges: Gauges): Promise<string> {
    for (const [key, counts] of Object.entries(gauges) as [string, readonly Count[]][]) {
      const gauge = this.#gauges.get(key);
      gauge?.reset();
      for (const { labels, value } of counts) gauge?.set(labels, value);
    }
    return await this.#registry.metrics();
  }
}
