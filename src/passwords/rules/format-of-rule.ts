import type { FormatRule } from '../../../connectors/contract/password-format.ts';
import { pepperedBcrypt } from '../formats/bcrypt.ts';
import type { PasswordFormat } from '../formats/format.ts';
import type { ReadPepper } from '../pepper.ts';
import { digestFormat } from './digest-rule.ts';
import { discourseFormat } from './discourse-rule.ts';
import { firebaseFormat } from './firebase-rule.ts';
import { keycloakFormat } from './keycloak-rule.ts';
import { pbkdf2Format } from './pbkdf2-rule.ts';
import { phpbbFormat } from './phpbb-rule.ts';

/** The format that a rule describes. Peppers are read when a password is verified or written, not before. */
export function formatOfRule(rule: FormatRule, readPepper: ReadPepper): PasswordFormat {
  if ('digest' in rule) return digestFormat(rule, readPepper);
  if ('pbkdf2' in rule) return pbkdf2Format(rule, readPepper);
  switch (rule.name) {
    case 'bcrypt':
      return pepperedBcrypt(() => readPepper(rule.pepper.environment));
    case 'firebase-scrypt':
      return firebaseFormat(rule, readPepper);
    case 'discourse':
      return discourseFormat(rule);
    case 'keycloak':
      return keycloakFormat(rule);
    case 'phpbb':
      return phpbbFormat();
  }
}
