import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { overviewSchema, spanSchema } from '../../http/schemas/overview.ts';
import { get } from '../api/request.ts';
import type { Wire } from '../api/wire.ts';

export type Overview = Wire<z.output<typeof overviewSchema>>;
export type Span = z.output<typeof spanSchema>;

const REFRESH_MS = 30_000;

export const overviewQuery = (span: Span) =>
  queryOptions({
    queryKey: ['overview', span],
    queryFn: async ({ signal }) => await get<Overview>('/overview', { query: { span }, signal }),
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  });
