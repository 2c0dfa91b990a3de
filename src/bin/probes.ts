import type { Config } from '../../config/options.ts';
import { Secret } from '../../connectors/contract/secret.ts';
import type { AppContext } from '../app/context.ts';
import type { Probes } from '../app/installation/diagnose.ts';

/** What an installation stands on besides its store, to be looked at. Nothing is loaded before it is asked for. */
export function probesOf(config: Config, context: Pick<AppContext, 'store'>): Probes {
  return {
    queues: async () => {
      const { checkQueues } = await import('../../jobs/check-queues.ts');
      const redisUrl = config.redisUrl === null ? null : new Secret(config.redisUrl());
      await checkQueues(redisUrl, new Secret(context.store.url));
      return redisUrl === null ? 'in the store' : 'in Redis';
    },
    mail: async () => {
      if (config.smtpUrl === null) return 'captured; see /mailbox';
      const { checkMail } = await import('../../jobs/mail/check-mail.ts');
      await checkMail(new Secret(config.smtpUrl()));
      return 'the server takes our login';
    },
  };
}
