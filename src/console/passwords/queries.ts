import type { z } from 'zod';
import type { keepSchema, writeBackSchema } from '../../http/schemas/write-backs.ts';
import { pagesOf } from '../api/pages.ts';
import { get } from '../api/request.ts';
import type { Wire } from '../api/wire.ts';

export type WriteBack = Wire<z.output<typeof writeBackSchema>>;

export type Keep = z.output<typeof keepSchema>;

export const writeBacksQuery = (state: WriteBack['state'] | undefined) =>
  pagesOf<WriteBack>('/write-backs', { state });

export async function settleWriteBack(id: string, keep: Keep): Promise<void> {
  await get('/write-backs/settle', { method: 'POST', body: { id, keep } });
}

export async function retryWriteBacks(
  which: { readonly id: string } | { readonly all: true },
): Promise<{ readonly retried: number }> {
  return await get('/write-backs/retry', { method: 'POST', body: which });
}
