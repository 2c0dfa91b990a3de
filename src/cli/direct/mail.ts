import type { People } from '../../app/profiles/do-to-many.ts';
import type { ManyResult } from '../../app/profiles/sort-named.ts';
import { emailSchema } from '../../http/schemas/mail.ts';
import { manyReportSchema } from '../../http/schemas/many.ts';
import type { EmailAsks } from '../asks/mail.ts';
import { shown, shownList, type About } from './about.ts';

export function directEmails({ context, actor }: About): EmailAsks {
  return {
    list: async (filter) => {
      const { listEmails } = await import('../../app/mail/list-emails.ts');
      return shownList(emailSchema, await listEmails(context, filter));
    },
    retry: async (which) => {
      const { retryEmails } = await import('../../app/mail/retry-emails.ts');
      return { retried: (await retryEmails(context, which, actor)).length };
    },
    ...toMany({ context, actor }),
  };
}

function toMany({ context, actor }: About): Pick<EmailAsks, 'resend' | 'hold' | 'release'> {
  const cause = { kind: 'operator', name: actor } as const;
  const report = async (people: People, act: (profileIds: readonly string[]) => Promise<ManyResult>) => {
    const { doToMany } = await import('../../app/profiles/do-to-many.ts');
    return shown(manyReportSchema, await doToMany(context, people, act));
  };
  return {
    resend: async ({ people, ...about }) => {
      const { resendRegistration } = await import('../../app/mail/resend-registration.ts');
      return await report(people, (profileIds) =>
        resendRegistration(context, { ...about, cause, profileIds }),
      );
    },
    hold: async ({ people, ...about }) => {
      const { holdInvitations } = await import('../../app/mail/hold-invitations.ts');
      return await report(people, (profileIds) => holdInvitations(context, { ...about, cause, profileIds }));
    },
    release: async ({ people, ...about }) => {
      const { releaseInvitations } = await import('../../app/mail/release-invitations.ts');
      return await report(people, (profileIds) =>
        releaseInvitations(context, { ...about, cause, profileIds }),
      );
    },
  };
}
