import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiProblem } from '../../../api/problem.ts';
import { canMap, withPassword, type Document } from '../../draft/document.ts';
import { preview, type PreviewedRecord } from '../../queries.ts';
import type { FieldProblem } from '../editing.tsx';

/** Somebody who types is not asked after every letter. */
const QUIET_MS = 600;

export interface Preview {
  readonly records: readonly PreviewedRecord[] | undefined;
  /** What is wrong with the settings, for the fields to show. */
  readonly problems: readonly FieldProblem[];
  /** What else went wrong; null when nothing did. */
  readonly error: Error | null;
  /** Whether the records are those from before a fault. */
  readonly old: boolean;
  readonly busy: boolean;
  /** Whether there is enough of a definition to map with. */
  readonly ready: boolean;
}

export interface PreviewOf {
  readonly document: Document;
  /** Null: the one that is stored, or none. */
  readonly password: string | null;
  /** Whether the database can be asked: its password is known. */
  readonly wanted: boolean;
}

/** Ten people as they would become, again whenever the mapping has been left alone for a moment. */
export function usePreview({ document, password, wanted }: PreviewOf): Preview {
  const { name, connector, connection, source, mapping, password: rules } = document;
  const asked = {
    name,
    connector,
    connection,
    source,
    mapping,
    ...(rules !== undefined && { password: rules }),
  };
  const [settled] = useDebouncedValue(JSON.stringify(asked), QUIET_MS);
  const ready = canMap(document);
  const { data, error, isFetching } = useQuery({
    queryKey: ['drafts', 'preview', settled],
    queryFn: async ({ signal }) =>
      await preview(withPassword(JSON.parse(settled) as Document, password), signal),
    enabled: wanted && canMap(JSON.parse(settled) as Document),
    placeholderData: keepPreviousData,
    // Where there are no records yet some may have come since.
    staleTime: ({ state }) => (state.data?.length === 0 ? 0 : Infinity),
    retry: false,
  });
  const [lastGood, setLastGood] = useState(data);
  useEffect(() => {
    if (data !== undefined) setLastGood(data);
  }, [data]);
  const problems = error instanceof ApiProblem ? error.details.problems : [];
  return {
    // What stood there before a fault goes on standing there.
    records: data ?? lastGood,
    problems,
    error: problems.length > 0 && problems.every(({ path }) => path.startsWith('mapping')) ? null : error,
    old: error !== null && data === undefined,
    busy: isFetching,
    ready,
  };
}
