import {
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
import { manyReportSchema } from '../../http/schemas/many.ts';
import { resyncSchema } from '../../http/schemas/runs.ts';
import type { ProfileAsks } from '../asks/profiles.ts';
import { shown, shownList, type About } from './about.ts';

export function directProfiles(about: About): ProfileAsks {
  return { ...reading(about), ...entering(about), ...importing(about), ...caring(about) };
}

function reading({ context }: About): Pick<ProfileAsks, 'list' | 'show' | 'sessions'> {
  return {
    list: async (filter, { after, limit }) => {
      const { searchProfiles } = await import('../../app/profiles/search-profiles.ts');
      const found = await searchProfiles(context, { ...filter, sort: 'username', after, limit });
      return shownList(listedProfileSchema, found);
    },
    show: async (who) => {
      const { showProfile } = await import('../../app/profiles/show-profile.ts');
      return shown(profileSchema, await showProfile(context, who));
    },
    sessions: async (who) => {
      const { listSessions } = await import('../../app/passwords/list-sessions.ts');
      return shownList(personSessionSchema, await listSessions(context, who));
    },
  };
}

function entering({ context, actor }: About): Pick<ProfileAsks, 'create' | 'set'> {
  return {
    create: async ({ fields, ...person }) => {
      const { createProfile } = await import('../../app/profiles/create-profile.ts');
      return shown(createdProfileSchema, await createProfile(context, { given: fields, ...person, actor }));
    },
    set: async (who, changes) => {
      const { setProfile } = await import('../../app/profiles/set-profile.ts');
      return shown(setProfileSchema, await setProfile(context, { who, changes, actor }));
    },
  };
}

function importing({
  context,
  actor,
}: About): Pick<ProfileAsks, 'lookAtFile' | 'checkImport' | 'importFile'> {
  return {
    lookAtFile: async (beginning) => {
      const { lookAtFile } = await import('../../app/profiles/look-at-file.ts');
      return shown(fileLookSchema, await lookAtFile(beginning));
    },
    checkImport: async (stream, columns) => {
      const { checkImport } = await import('../../app/profiles/import-profiles.ts');
      return shown(importPreviewSchema, await checkImport(context, { stream, columns }));
    },
    importFile: async (stream, how) => {
      const { importProfiles } = await import('../../app/profiles/import-profiles.ts');
      return shown(importReportSchema, await importProfiles(context, { stream, ...how, actor }));
    },
  };
}

function caring({
  context,
  actor,
}: About): Pick<ProfileAsks, 'forceReset' | 'resend' | 'resync' | 'endSessions' | 'unlock'> {
  const cause = { kind: 'operator', name: actor } as const;
  return {
    forceReset: async ({ people, ...about }) => {
      const { doToMany } = await import('../../app/profiles/do-to-many.ts');
      const { forceResets } = await import('../../app/profiles/force-resets.ts');
      const act = async (profileIds: readonly string[]) =>
        await forceResets(context, { ...about, cause, profileIds });
      return shown(manyReportSchema, await doToMany(context, people, act));
    },
    resend: async (who) => {
      const { findProfile } = await import('../../app/profiles/find-profile.ts');
      const { resendRegistration } = await import('../../app/mail/resend-registration.ts');
      const { id } = await findProfile(context, who);
      const { done, skipped } = await resendRegistration(context, { profileIds: [id], cause, heldToo: true });
      return shown(resendSchema, { requested: done, skipped });
    },
    resync: async (who, signal) => {
      const { findProfile } = await import('../../app/profiles/find-profile.ts');
      const { findRecord } = await import('../../app/profiles/find-record.ts');
      const { explainResync } = await import('../../app/runs/explain-resync.ts');
      const record = await findRecord(context, await findProfile(context, who));
      return shown(resyncSchema, await explainResync(context, { ...record, cause, signal }));
    },
    endSessions: async (who) => {
      const { endSessions } = await import('../../app/passwords/end-sessions.ts');
      return shown(endedSessionsSchema, await endSessions(context, who, actor));
    },
    unlock: async (who) => {
      const { unlockProfile } = await import('../../app/passwords/unlock-profile.ts');
      return shown(unlockedSchema, (await unlockProfile(context, who, actor)).before);
    },
  };
}
