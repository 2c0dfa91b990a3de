/** What applications call the state of people who may sign in, in the languages of column-names.ts. */
const ACTIVE = words(`a active enabled ok current valid employed normal open aktiv aktivt aktiver gültig actif
  activo vigente attivo actief ativo aktywny aktiivinen act e en`);

/** And of those who may not. */
const INACTIVE =
  words(`i inactive disabled d x blocked locked suspended banned deleted terminated left retired
  closed expired invalid resigned archived removed quit inaktiv spärrad avslutad slutat gesperrt gelöscht
  ausgeschieden inactif supprimé bloqué inactivo baja bloqueado eliminado inattivo disattivato bloccato
  inactief geblokkeerd verwijderd inativo desligado nieaktywny zablokowany usunięty passiivinen poistettu
  lukittu slettet sperret spærret fratrådt sluttet dis`);

/** Not yet, or in between: whoever knows the application decides. */
const UNSURE =
  words(`pending new invited unconfirmed unverified waiting p n leave parental sabbatical väntande
  neu wartend nouveau en_attente nuevo pendiente nuovo nieuw novo nowy uusi ny`);

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

/** How the states of a column sort into those who may sign in and those who may not. */
export interface SortedStates {
  /** As the column has them. */
  readonly active: readonly string[];
  /** How many states it could not be told of. */
  readonly unsure: number;
}

/** A column with more different values than this describes something else than a state. */
const MOST_STATES = 8;

/** Null when the values are not states of an account. */
export function sortStates(values: readonly string[]): SortedStates | null {
  if (values.length === 0 || values.length > MOST_STATES) return null;
  const folded = values.map((value) => value.trim().toLowerCase());
  const known = folded.filter((word) => ACTIVE.has(word) || INACTIVE.has(word));
  if (known.length * 2 < folded.length) return null;
  const active = values.filter((_, at) => ACTIVE.has(folded[at] ?? ''));
  if (active.length === 0) return null;
  const unsure = folded.filter((word) => UNSURE.has(word) || !known.includes(word)).length;
  return { active, unsure };
}
