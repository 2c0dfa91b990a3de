import { Secret } from '../../../connectors/contract/secret.ts';
import type { TokenPurpose } from '../../store/entities/access.ts';
import type { AppSettings } from '../context.ts';

/** The purposes that are mailed; a change goes on in the browser that signed in. */
export type LinkPurpose = Exclude<TokenPurpose, 'change-password'>;

const PATHS = {
  'first-password': '/password/first',
  'reset-password': '/password/reset',
} as const satisfies Record<LinkPurpose, string>;

/**
 * The link that a person follows, built from the configured public URL and from
 * nothing that a request says. Contains the token.
 */
export function linkFor(
  settings: Pick<AppSettings, 'publicUrl'>,
  purpose: LinkPurpose,
  token: Secret,
): Secret {
  return new Secret(`${settings.publicUrl}${PATHS[purpose]}?token=${token.reveal()}`);
}
