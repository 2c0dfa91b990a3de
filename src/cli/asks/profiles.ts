import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Secret } from '../../../connectors/contract/secret.ts';
import type {
  createdProfileSchema,
  endedSessionsSchema,
  fileLookSchema,
  importPreviewSchema,
  importReportSchema,
  listedProfileSchema,
  personSessionSchema,
  profileSchema,
  resendSchema,
  setProfileSchema,
  unlockedSchema,
} from '../../http/schemas/profiles.ts';
import type { ManyReport, ProfileFilter, ToMany } from './people.ts';
import type { Resync } from './runs.ts';

export type { ProfileFilter } from './people.ts';

export type ListedProfile = z.output<typeof listedProfileSchema>;
export type Profile = z.output<typeof profileSchema>;
export type FileLook = z.output<typeof fileLookSchema>;
export type ImportPreview = z.output<typeof importPreviewSchema>;
export type ImportReport = z.output<typeof importReportSchema>;
/** For each field the column of the file that it is taken from; undefined: columns are named after fields. */
export type ChosenColumns = Readonly<Record<string, string>> | undefined;
type Created = z.output<typeof createdProfileSchema>;
type SetProfile = z.output<typeof setProfileSchema>;
type Resent = z.output<typeof resendSchema>;
type PersonSession = z.output<typeof personSessionSchema>;
type Ended = z.output<typeof endedSessionsSchema>;
type Unlocked = z.output<typeof unlockedSchema>;

export interface NewProfile {
  readonly fields: Readonly<Record<string, string>>;
  readonly preRegistration: boolean;
  /** Null: as goes with the rest. */
  readonly forceReset: boolean | null;
  readonly temporaryPassword: Secret | null;
}

export interface ProfileAsks {
  /** By username. @param about.after the id of the last one seen. */
  list(
    filter: ProfileFilter,
    about: { readonly after: string | undefined; readonly limit: number },
  ): Promise<readonly ListedProfile[]>;
  show(who: string): Promise<Profile>;
  create(person: NewProfile): Promise<Created>;
  /** The columns of a file, and what each most likely holds. @param beginning of the file; wherever it is cut off. */
  lookAtFile(beginning: Readable): Promise<FileLook>;
  /** What an import would do; changes nothing. */
  checkImport(file: Readable, columns: ChosenColumns): Promise<ImportPreview>;
  importFile(
    file: Readable,
    how: { readonly partial: boolean; readonly hold: boolean; readonly columns: ChosenColumns },
  ): Promise<ImportReport>;
  set(who: string, changes: Readonly<Record<string, string>>): Promise<SetProfile>;
  forceReset(about: ToMany & { readonly on: boolean }): Promise<ManyReport>;
  resend(who: string): Promise<Resent>;
  resync(who: string, signal: AbortSignal): Promise<Resync>;
  sessions(who: string): Promise<readonly PersonSession[]>;
  endSessions(who: string): Promise<Ended>;
  unlock(who: string): Promise<Unlocked>;
}
