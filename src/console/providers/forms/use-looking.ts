import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { put, textAt, whereabouts, withPassword } from '../draft/document.ts';
import { proposalFor, tableOf, tableOfQuery } from '../draft/proposal.ts';
import { describeQuery } from '../queries.ts';
import type { Editing, QueryLook } from './editing.tsx';
import { useDiscovery, type DiscoveryOf } from './use-discovery.ts';

export interface LookingOf extends DiscoveryOf {
  /** Whether the query is still being written: then it is asked only when somebody says so. */
  readonly writing: boolean;
}

export interface Looking extends Pick<Editing, 'discovery' | 'table' | 'proposal' | 'query'> {
  readonly tables: ReturnType<typeof useDiscovery>;
}

/** What the database offers, and what the query answers where the source is one. */
export function useLooking({ writing, ...of }: LookingOf): Looking {
  const tables = useDiscovery(of);
  const query = useQueryLook({ writing, ...of });
  const { described } = query;
  const named = textAt(of.document, 'source.table');
  const asked = textAt(of.document, 'source.query') !== '';
  return {
    tables,
    query,
    discovery: tables.data,
    table: asked ? described && tableOfQuery(described) : tableOf(tables.data, named),
    proposal: asked ? (described?.proposal ?? undefined) : proposalFor(tables.data, named),
  };
}

/** Each text is asked once for each place that a definition says its database is at. */
function useQueryLook({ document, password, wanted, writing }: LookingOf): QueryLook {
  const text = textAt(document, 'source.query');
  const [tried, setTried] = useState(text);
  const asking = put(whereabouts(document), 'source.query', text);
  const asked = useQuery({
    queryKey: ['drafts', 'query', asking],
    queryFn: async ({ signal }) => await describeQuery(withPassword(asking, password), signal),
    enabled: wanted && text.trim() !== '' && (!writing || tried === text),
    staleTime: Infinity,
    retry: false,
  });
  return {
    described: asked.data,
    busy: asked.isFetching,
    error: asked.error,
    look: () => {
      setTried(text);
      if (tried === text) void asked.refetch();
    },
  };
}
