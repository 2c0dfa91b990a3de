import { GAUGES, REQUESTS } from './metrics/metrics.ts';

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly description?: string;
  }[];
  readonly requestBody?: unknown;
  readonly responses?: Readonly<Record<string, unknown>>;
}

/** Of an OpenAPI document, what the reference says. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const INTRODUCTION = `# API

Made from the routes and schemas in \`src/http\` by \`npm run docs:reference\`; do not edit. A running server has the whole
document (OpenAPI 3.1) at \`/api/openapi.json\`, and a page to try it at \`/api/docs\`.

Programs send \`Authorization: Bearer TOKEN\`; make one with \`bin/tributary token create NAME --scope …\`. Bodies are JSON in UTF-8;
unknown keys are errors. Refusals are \`application/problem+json\` (RFC 9457) with \`code\`, \`detail\`, \`remedy\`, every one of
\`problems\`, and \`requestId\`; codes are in [errors.md](errors.md).

Lists come in pages of at most 200: \`next\` of one page is \`cursor\` of the next one. \`Idempotency-Key\` (any 1 to 200 visible ASCII
characters) makes sure that what is asked twice happens once; the answer is remembered for a day. An address may ask 1,200 times a minute,
and 60 times for what connects to a provider or reads a file.
`;

/** The reference of every route, as Markdown. @param document the one at `/api/openapi.json`. */
export function apiReference({ paths }: ApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const groups = [...new Set(operations.map(({ operation }) => operation.tags?.[0] ?? ''))];
  const sections = groups.map((group) => {
    const inGroup = operations.filter(({ operation }) => (operation.tags?.[0] ?? '') === group);
    return `## ${group}\n\n${inGroup.map(entry).join('\n')}`;
  });
  return [INTRODUCTION, ...sections].join('\n');
}

function entry(about: {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}): string {
  const { summary = '', description = '', parameters = [], responses = {} } = about.operation;
  const query = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => `\`${name}\``);
  const answers = Object.keys(responses).filter((status) => status.startsWith('2'));
  const lines = [
    `${summary}.`,
    description.replaceAll('\n\n', ' '),
    ...(query.length > 0 ? [`Query: ${query.join(', ')}.`] : []),
    ...(answers.length > 0 ? [`Answers ${answers.join(' or ')}.`] : []),
  ];
  return `### \`${about.method} ${about.path}\`\n\n${lines.join('\n')}\n`;
}

/** The reference of every figure of `/metrics`, as Markdown. */
export function metricsReference(): string {
  const rows = [...Object.values(GAUGES), REQUESTS].map(
    ({ name, help, labels }) =>
      `| \`${name}\` | ${labels.map((label) => `\`${label}\``).join(', ')} | ${help}. |`,
  );
  return `# Metrics

Made from \`src/http/metrics\` by \`npm run docs:reference\`; do not edit.

\`/metrics\` answers in the format of Prometheus: to this machine, and elsewhere to tokens with the scope \`metrics\`
(\`bin/tributary token create prometheus --scope metrics --days 365\`). Figures of the store are the same in every process; those of requests,
memory and event loop (\`tributary_process_…\`, \`tributary_nodejs_…\`) are each process's own.

| name | labels | what it is |
| ---- | ------ | ---------- |
${rows.join('\n')}

Worth an alarm: \`tributary_runs{state="held"}\` above 0; \`tributary_provider_failing\` above 0 for longer than a run takes;
\`tributary_provider_lag_seconds\` above twice the schedule; \`tributary_outbox_oldest_seconds\` above 300;
\`tributary_write_backs{state="failed"}\` and \`tributary_emails{state="failed"}\` growing.
`;
}
