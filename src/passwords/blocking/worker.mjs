/*
 * The body of a hashing thread. Plain JavaScript, because a thread is started
 * from this file as it is: from the build, from a test and from the sources.
 */
import { hashSync } from 'bcryptjs';
import { desCrypt } from './des-crypt.mjs';
import { md5Crypt } from './md5-crypt.mjs';
import { portableHash } from './portable-hash.mjs';
import { repeatedDigest } from './repeated-digest.mjs';
import { shaCrypt } from './sha-crypt.mjs';

const BCRYPT_DIGEST_CHARACTERS = 31;

const HASHES = {
  bcrypt: ({ password, setting }) => hashSync(password, setting).slice(-BCRYPT_DIGEST_CHARACTERS),
  'sha-crypt': shaCrypt,
  'md5-crypt': md5Crypt,
  'des-crypt': desCrypt,
  'portable-hash': portableHash,
  'repeated-digest': repeatedDigest,
};

/** Does one BlockingTask; answers the digest as its format prints it. */
export default function work(task) {
  return HASHES[task.kind](task);
}
