let loading: Promise<ReadonlySet<string>> | undefined;

/**
 * The 49,000 most common passwords of past breaches, in lower case. Read from
 * disk at the first call (about 0.1 s and 10 MB); later calls get the same set.
 *
 * A failure to load rejects: a password that cannot be compared is not accepted.
 */
export function loadBlocklist(): Promise<ReadonlySet<string>> {
  loading ??= load();
  return loading;
}

async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common'].map((password) => password.toLowerCase()));
}
