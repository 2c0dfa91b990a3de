/** Longer addresses are no places somebody came from. */
const MAX_LENGTH = 2_000;

/**
 * Where a person may be sent after signing in: an absolute address of one of the
 * listed origins, in the form that a browser would make of it, so that what is
 * compared is what is followed.
 *
 * @param origins `https://app.example.com`, without a path.
 * @returns null for everything else, also for addresses without a scheme or with a login.
 */
export function returnAddress(text: unknown, origins: readonly string[]): string | null {
  if (typeof text !== 'string' || text.length > MAX_LENGTH || !URL.canParse(text)) return null;
  // Not URL.origin, which a blob: address shares with the page that made it.
  const { href } = new URL(text);
  return origins.some((origin) => href.startsWith(`${origin}/`)) ? href : null;
}
