import { createContext, useContext, type ReactNode } from 'react';
import { textAt, type Document, type Path } from '../draft/document.ts';
import type { DescribedQuery, DiscoveredTable, Discovery, Proposal } from '../queries.ts';

/** One thing wrong with a setting, in the API's words. */
export interface FieldProblem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** A definition that somebody is writing, and what is known about it. */
export interface Editing {
  readonly document: Document;
  /** Undefined takes the setting out. */
  readonly change: (path: Path, value: unknown) => void;
  /** The whole document at once. */
  readonly replace: (make: (document: Document) => Document) => void;
  readonly problems: readonly FieldProblem[];
  /** Whether choosing a table fills in what is proposed for it: not where somebody has written a mapping. */
  readonly fresh: boolean;
  /** What the database offers; undefined as long as it has not been asked. */
  readonly discovery: Discovery | undefined;
  /** The table that is the source, or what its query answers. */
  readonly table: DiscoveredTable | undefined;
  readonly proposal: Proposal | undefined;
  readonly query: QueryLook;
}

/** The query as it was last tried. */
export interface QueryLook {
  /** Undefined as long as what is written has not been tried, or failed. */
  readonly described: DescribedQuery | undefined;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly look: () => void;
}

const Context = createContext<Editing | null>(null);

export function EditingProvider({
  value,
  children,
}: {
  readonly value: Editing;
  readonly children: ReactNode;
}): ReactNode {
  return <Context value={value}>{children}</Context>;
}

export function useEditing(): Editing {
  const editing = useContext(Context);
  if (editing === null) throw new Error('a form for definitions stands outside of one');
  return editing;
}

/** Every problem of a setting and of what is inside it; undefined: none. */
export function problemsAt(problems: readonly FieldProblem[], path: string): ReactNode {
  const here = problems.filter(({ path: place }) => place === path || isInside(place, path));
  if (here.length === 0) return undefined;
  return here.map(({ path: place, code, message, remedy }) => (
    // What is wider than the field is scrolled by the keyboard too.
    <span
      key={`${place} ${code} ${message}`}
      className="problem"
      {...(message.includes('\n') && { tabIndex: 0 })}
    >
      {message} {remedy}
    </span>
  ));
}

function isInside(place: string, path: string): boolean {
  return place.startsWith(`${path}.`) || place.startsWith(`${path}[`);
}

export interface BoundField {
  readonly value: string;
  readonly onChange: (event: { readonly currentTarget: { readonly value: string } }) => void;
  readonly error: ReactNode;
}

/** Ties a text field to a setting; an empty field is a setting that is not given. */
export function useText(path: string): BoundField {
  const { document, change, problems } = useEditing();
  return {
    value: textAt(document, path),
    onChange: ({ currentTarget }) =>
      change(path, currentTarget.value === '' ? undefined : currentTarget.value),
    error: problemsAt(problems, path),
  };
}

export interface BoundNumber {
  readonly value: number | string;
  readonly onChange: (value: number | string) => void;
  readonly error: ReactNode;
}

/** The same for a number. @param usual what counts when nothing is said; it is shown, and not written. */
export function useNumber(path: string, usual: number): BoundNumber {
  const { document, change, problems } = useEditing();
  const text = textAt(document, path);
  return {
    value: text === '' ? usual : Number(text),
    onChange: (value) => change(path, typeof value === 'number' && value !== usual ? value : undefined),
    error: problemsAt(problems, path),
  };
}
