import { argon2d, argon2i, argon2id, djangoArgon2 } from './argon2.ts';
import { aspnetIdentityV2, aspnetIdentityV3 } from './aspnet-identity.ts';
import { bcrypt, bcrypt2y } from './bcrypt.ts';
import { desCrypt } from './des-crypt.ts';
import { djangoBcrypt, djangoBcryptSha256 } from './django-bcrypt.ts';
import { djangoPbkdf2Sha1, djangoPbkdf2Sha256 } from './django-pbkdf2.ts';
import { DJANGO_SALTED_FORMATS } from './django-salted.ts';
import type { PasswordFormat } from './format.ts';
import { keycloak } from './keycloak.ts';
import { LDAP_FORMATS } from './ldap.ts';
import { magento } from './magento.ts';
import { apr1, md5Crypt } from './md5-crypt.ts';
import { mediawikiMd5, mediawikiPbkdf2 } from './mediawiki.ts';
import { mysqlNative } from './mysql-native.ts';
import { PASSLIB_PBKDF2_FORMATS } from './passlib-pbkdf2.ts';
import { plain } from './plain.ts';
import { drupal, phpass } from './portable.ts';
import { joomla, magento1 } from './salted-md5.ts';
import { djangoScrypt, scrypt, werkzeugScrypt } from './scrypt.ts';
import { sha256Crypt, sha512Crypt } from './sha-crypt.ts';
import { HEX_FORMATS } from './unsalted-hex.ts';
import { werkzeugPbkdf2 } from './werkzeug-pbkdf2.ts';
import { wordpressBcrypt } from './wordpress-bcrypt.ts';
import { ldapCrypt, nextcloud, spring } from './wrapped.ts';

/** Every format. No hash is recognised by two of them, those that must be named left aside. */
export const FORMATS: readonly PasswordFormat[] = [
  argon2id,
  argon2i,
  argon2d,
  bcrypt,
  scrypt,
  sha512Crypt,
  sha256Crypt,
  djangoPbkdf2Sha256,
  djangoPbkdf2Sha1,
  djangoArgon2,
  djangoBcryptSha256,
  djangoBcrypt,
  djangoScrypt,
  ...DJANGO_SALTED_FORMATS,
  ...PASSLIB_PBKDF2_FORMATS,
  werkzeugScrypt,
  werkzeugPbkdf2,
  aspnetIdentityV3,
  aspnetIdentityV2,
  phpass,
  wordpressBcrypt,
  drupal,
  nextcloud,
  spring,
  mediawikiPbkdf2,
  mediawikiMd5,
  magento,
  keycloak,
  ...LDAP_FORMATS,
  ldapCrypt,
  mysqlNative,
  md5Crypt,
  apr1,
  desCrypt,
  ...HEX_FORMATS,
  magento1,
  joomla,
  plain,
];

/** Variants of these that a definition may name for writing; none reads. */
export const WRITTEN_ONLY: readonly PasswordFormat[] = [bcrypt2y];
