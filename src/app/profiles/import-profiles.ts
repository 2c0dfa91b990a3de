import type { Readable } from 'node:stream';
import { emailKey, usernameKey } from '../../domain/profiles/identifiers.ts';
import { AppError, invalid, type Problem } from '../../kernel/errors.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import type { AppContext } from '../context.ts';
import { chooseColumns, type ChosenColumns } from './choose-columns.ts';
import { enterPeople, preparePeople, takenMeanwhile } from './enter-people.ts';
import { atLine, headerProblems, readRow, type ImportedRow } from './import-row.ts';
import { readCsv } from './read-csv.ts';
import { takenProblems } from './taken-problems.ts';

export interface ImportRequest {
  /** CSV with a header; see {@link readCsv}. */
  readonly stream: Readable;
  /** Applies the good rows and reports the bad ones, instead of refusing the file. */
  readonly partial?: boolean;
  /** Holds invitations back until somebody releases them, for sending them in waves. */
  readonly hold?: boolean;
  readonly actor: string;
  /** Which columns hold what; absent: they are named after fields. */
  readonly columns?: ChosenColumns | undefined;
  /** Is told how far the import is, several times a second at most. */
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

export interface ImportProgress {
  /** Rows are read and judged; temporary passwords are hashed; people are written. */
  readonly phase: 'reading' | 'preparing' | 'entering';
  readonly done: number;
  /** Null while the file is read: how much there is is known at its end. */
  readonly total: number | null;
}

export interface ImportReport {
  /** Rows below the header. */
  readonly rows: number;
  readonly created: number;
  /** Registration e-mails on their way, or held back. */
  readonly emails: number;
  /** Rows that were left out. */
  readonly refused: number;
  /** Why; by line, the first thousand. */
  readonly problems: readonly Problem[];
}

const MOST_ROWS = 100_000;
const MOST_PROBLEMS = 1_000;
const BATCH = 1_000;

/**
 * Enters people from a CSV file: all of them or nobody, unless `partial`. Nobody
 * is changed or removed by an import. Temporary passwords take about 30 ms of a
 * core each.
 *
 * @throws AppError `IMPORT_REFUSED` with the problems of all rows, `CSV_INVALID`, `FILE_NOT_TEXT`,
 *   `FILE_TOO_LARGE` or `NAME_TAKEN_MEANWHILE`; nothing is changed then.
 */
export async function importProfiles(context: AppContext, request: ImportRequest): Promise<ImportReport> {
  const { good, rows, refused, problems } = await judgeFile(context, request);
  if (refused > 0 && request.partial !== true) throw refuse(rows, refused, problems);
  const { actor, hold = false, onProgress } = request;
  const total = good.length;
  const cause = { kind: 'operator', name: actor } as const;
  const profiles = await preparePeople(
    context,
    good.map(({ person }) => person),
    (done) => onProgress?.({ phase: 'preparing', done, total }),
  );
  try {
    return await context.store.transaction(async (tx) => {
      const emails = await enterPeople(context, tx, {
        profiles,
        cause,
        hold,
        onBatch: (done) => onProgress?.({ phase: 'entering', done, total }),
      });
      const created = profiles.length;
      const detail = { rows, created, refused, emails, ...(hold && { held: true }) };
      await appendAudit(tx, context.keyring, { actor, action: 'profile.import', subject: 'several', detail });
      return { rows, created, refused, emails, problems };
    });
  } catch (error) {
    throw takenMeanwhile(error);
  }
}

/** What an import would do, without doing it. */
export interface ImportPreview {
  readonly rows: number;
  /** Rows that would be entered. */
  readonly good: number;
  readonly refused: number;
  /** Registration e-mails that would be sent, or held back. */
  readonly emails: number;
  readonly problems: readonly Problem[];
  /** The first twenty who would be entered. */
  readonly people: readonly {
    readonly line: number;
    readonly username: string;
    readonly email: string | null;
    readonly forceReset: boolean;
    readonly preRegistration: boolean;
  }[];
}

const PREVIEWED = 20;

/** @throws as {@link importProfiles}, except for problems of rows: those are what this is for. */
export async function checkImport(
  context: AppContext,
  request: Pick<ImportRequest, 'stream' | 'columns' | 'onProgress'>,
): Promise<ImportPreview> {
  const { good, rows, refused, problems } = await judgeFile(context, request);
  const emails = good.filter(({ person }) => person.preRegistration).length;
  const people = good.slice(0, PREVIEWED).map(({ line, person }) => {
    const { fields, forceReset, preRegistration } = person;
    return { line, username: fields.username, email: fields.email, forceReset, preRegistration };
  });
  return { rows, good: good.length, refused, emails, problems, people };
}

interface Judged {
  readonly good: readonly ImportedRow[];
  readonly rows: number;
  readonly refused: number;
  readonly problems: readonly Problem[];
}

/** Reads the whole file before anything is written, so that all problems are known at once. */
async function judgeFile(
  context: AppContext,
  request: Pick<ImportRequest, 'stream' | 'columns' | 'onProgress'>,
): Promise<Judged> {
  const { header, rows } = chooseColumns(await readCsv(request.stream), request.columns);
  const wrong = headerProblems(header);
  if (wrong.length > 0) throw invalid('IMPORT_REFUSED', 'The columns of the file cannot be used.', wrong);
  const judge = new Judge(context);
  for await (const row of rows)
    if (await judge.take(readRow(header, row)))
      request.onProgress?.({ phase: 'reading', done: judge.rows, total: null });
  return await judge.finish();
}

/** Sorts rows into good and bad, looking names up in the directory a batch at a time. */
class Judge {
  readonly #context: AppContext;
  readonly #good: ImportedRow[] = [];
  readonly #problems: Problem[] = [];
  readonly #seen = new Map<string, number>();
  #batch: ImportedRow[] = [];
  #rows = 0;
  #refused = 0;

  constructor(context: AppContext) {
    this.#context = context;
  }

  get rows(): number {
    return this.#rows;
  }

  /** @returns whether a batch was looked up. */
  async take(row: ImportedRow): Promise<boolean> {
    this.#rows += 1;
    if (this.#rows > MOST_ROWS)
      throw invalid('FILE_TOO_LARGE', `The file has more than ${MOST_ROWS} rows: import it in parts.`, []);
    const problems = [...row.problems, ...this.#repeated(row)];
    this.#batch.push({ ...row, problems });
    if (this.#batch.length < BATCH) return false;
    await this.#lookUp();
    return true;
  }

  async finish(): Promise<Judged> {
    await this.#lookUp();
    return { good: this.#good, rows: this.#rows, refused: this.#refused, problems: this.#problems };
  }

  async #lookUp(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    const { sharedEmail } = this.#context.settings;
    const people = batch.map(({ person }) => person.fields);
    const taken = await takenProblems(this.#context.store.read, { people, sharedEmail, except: null });
    for (const [at, row] of batch.entries()) {
      const names = (taken[at] ?? []).map((problem) => atLine(row.line, problem));
      this.#sort({ ...row, problems: [...row.problems, ...names] });
    }
  }

  #sort(row: ImportedRow): void {
    if (row.problems.length === 0) {
      this.#good.push(row);
      return;
    }
    this.#refused += 1;
    this.#problems.push(...row.problems.slice(0, MOST_PROBLEMS - this.#problems.length));
  }

  /** Names that an earlier row has. Remembers this row's. */
  #repeated({ line, person }: ImportedRow): readonly Problem[] {
    const { username, email } = person.fields;
    const names: [field: string, key: string][] = [['username', `u:${usernameKey(username)}`]];
    if (email !== null && !this.#context.settings.sharedEmail) names.push(['email', `e:${emailKey(email)}`]);
    return names.flatMap(([field, key]) => {
      const first = this.#seen.get(key);
      this.#seen.set(key, first ?? line);
      const message = `is that of line ${String(first)} too`;
      return first === undefined ? [] : [atLine(line, { field, code: 'REPEATED_IN_FILE', message })];
    });
  }
}

function refuse(rows: number, refused: number, problems: readonly Problem[]): AppError {
  return new AppError({
    kind: 'invalid',
    code: 'IMPORT_REFUSED',
    message: `${refused} of ${rows} rows cannot be imported; nothing was changed.`,
    remedy: 'Mend them, or leave them out with --partial.',
    problems,
  });
}
