import { retriedSchema } from '../../http/schemas/mail.ts';
import { settledSchema, writeBackSchema } from '../../http/schemas/write-backs.ts';
import type { WriteBackAsks } from '../asks/passwords.ts';
import type { Server } from './server.ts';
import { stretchQuery } from './stretch-query.ts';

export function remoteWriteBacks(server: Server): WriteBackAsks {
  return {
    list: ({ limit, ...about }) =>
      server.list(writeBackSchema, { path: '/write-backs', query: stretchQuery(about) }, limit),
    retry: (which) => server.ask(retriedSchema, { method: 'POST', path: '/write-backs/retry', body: which }),
    settle: (decision) =>
      server.ask(settledSchema, { method: 'POST', path: '/write-backs/settle', body: decision }),
  };
}
