import { useMemo, useState } from 'react';
import { put, withPassword, type Document, type Path } from '../draft/document.ts';
import { compact } from '../draft/compact.ts';
import type { Editing, FieldProblem } from '../forms/editing.tsx';
import { useLooking } from '../forms/use-looking.ts';
import type { ShownProvider } from '../queries.ts';

/** A definition that is registered, and what somebody has made of it without saving. */
export interface Edited {
  readonly editing: Editing;
  /** The version that the edits are based on. */
  readonly version: number;
  readonly changed: boolean;
  /** Somebody else has saved since. */
  readonly stale: boolean;
  readonly password: string | null;
  readonly setPassword: (password: string) => void;
  readonly setProblems: (problems: readonly FieldProblem[]) => void;
  /** As the API takes it. */
  readonly complete: Document;
  /** Drops the edits, and goes on from what is registered now. */
  readonly reset: () => void;
  /** What was edited is what is registered now, as this version. */
  readonly saved: (version: number) => void;
}

interface Base {
  readonly version: number;
  readonly document: Document;
}

const baseOf = ({ version, definition }: ShownProvider): Base => ({ version, document: compact(definition) });

/** @param looks whether the database is asked what it offers. */
export function useEdited(provider: ShownProvider, looks: boolean): Edited {
  const [base, setBase] = useState(() => baseOf(provider));
  const [document, setDocument] = useState(base.document);
  const [password, setPassword] = useState<string | null>(null);
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const changed =
    (password !== null && password !== '') || JSON.stringify(document) !== JSON.stringify(base.document);
  const begin = (from: Base): void => {
    setBase(from);
    setDocument(from.document);
    setPassword(null);
    setProblems([]);
  };
  // Nothing is lost by following what is registered as long as nothing was changed.
  if (provider.version > base.version && !changed) begin(baseOf(provider));
  const looking = useLooking({ document, password, wanted: looks, writing: true });
  const complete = useMemo(() => withPassword(document, password), [document, password]);
  const replace = (make: (present: Document) => Document): void => {
    setProblems([]);
    setDocument(make);
  };
  return {
    version: base.version,
    changed,
    stale: provider.version > base.version,
    password,
    setPassword,
    setProblems,
    complete,
    reset: () => begin(baseOf(provider)),
    saved: (saved) => begin({ version: saved, document }),
    editing: {
      document,
      replace,
      change: (path: Path, value: unknown) => replace((present) => put(present, path, value)),
      problems,
      fresh: false,
      ...looking,
    },
  };
}
