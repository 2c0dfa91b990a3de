import type { AppContext } from '../../src/app/context.ts';
import { deliverEmail } from '../../src/app/mail/deliver-email.ts';
import type { SendMail } from '../../src/app/mail/send-mail.ts';
import type { Processor } from '../perform-effect.ts';

export function emailProcessor(context: AppContext, send: SendMail): Processor {
  return async (emailId, { signal }) => await deliverEmail(context, emailId, { send, signal });
}
