import { retriedSchema } from '../../http/schemas/mail.ts';
import { writeBackSchema } from '../../http/schemas/write-backs.ts';
import type { WriteBackAsks } from '../asks/passwords.ts';
import type { Server } from './server.ts';

export function remoteWriteBacks(server: Server): WriteBackAsks {
  return {
    list: ({ state, limit }) =>
      server.list(writeBackSchema, { path: '/write-backs', query: { state } }, limit),
    retry: (which) => server.ask(retriedSchema, { method: 'POST', path: '/write-backs/retry', body: which }),
  };
}
