import { useQuery } from '@tanstack/react-query';
import { whereabouts, withPassword, type Document } from '../draft/document.ts';
import { discover } from '../queries.ts';

export interface DiscoveryOf {
  readonly document: Document;
  /** Null: the one that is stored, or none. */
  readonly password: string | null;
  readonly wanted: boolean;
}

/** What a database offers; asked once for each place that a definition says it is at. */
export function useDiscovery({ document, password, wanted }: DiscoveryOf) {
  const where = whereabouts(document);
  return useQuery({
    queryKey: ['drafts', 'discovery', where],
    queryFn: async ({ signal }) => await discover(withPassword(where, password), signal),
    enabled: wanted,
    // Where there are no tables yet, as with what is pushed, there may be one since.
    staleTime: ({ state }) => (state.data?.tables.length === 0 ? 0 : Infinity),
    retry: false,
  });
}
