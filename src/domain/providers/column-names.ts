import type { Transform } from '../../../connectors/contract/definition.ts';
import type { TextField } from '../profile.ts';

/** What a column may be taken for. */
export type Target = TextField | 'enabled' | 'password' | 'forceReset';

/** Column names as applications write them, in English, Swedish, German, French and Spanish; the most telling first. */
const NAMES: Readonly<Record<Target, readonly string[]>> = {
  username:
    split(`username login logon loginname userlogin accountname samaccountname uid useridentifier screenname
    nickname account användarnamn anvnamn inloggning benutzername anmeldename benutzer kennung nomutilisateur
    identifiant utilisateur pseudo nombreusuario usuario cuenta`),
  email: split(`email emailaddress mail mailaddress useremail primaryemail epost epostadress mejl emailadresse
    mailadresse courriel adressemail adresseemail correo correoelectronico`),
  givenName: split(
    `givenname firstname forename fname förnamn tilltalsnamn vorname prénom nombre nombrepila`,
  ),
  familyName:
    split(`familyname lastname surname sname lname efternamn nachname familienname nomfamille nomdefamille
    nom apellido apellidos`),
  displayName: split(`displayname fullname realname commonname name namn visningsnamn helanamn anzeigename
    vollername nomcomplet nomaffiché nombrecompleto nombremostrado`),
  locale: split(`locale language lang languagecode preferredlanguage språk sprache langue idioma`),
  enabled:
    split(`enabled active isactive isenabled aktiv ärenabled äraktiv aktiverad istaktiv actif estactif activo
    habilitado`),
  password:
    split(`passwordhash pwhash pwdhash hash password passwd pwd userpass encryptedpassword passworddigest
    lösenord lösenordshash passwort kennwort motdepasse mdp contraseña clave`),
  forceReset: split(`mustchange mustchangepassword forcereset forcepasswordreset changepassword
    passwordmustchange resetpassword passwordexpired`),
};

/** Attributes worth having when a table has them. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  department: split(`department dept departement division avdelning abteilung service departamento`),
  title: split(`title jobtitle position role befattning titel funktion poste cargo puesto`),
  phone: split(`phone phonenumber telephone mobile mobil telefon telefonnummer téléphone teléfono`),
  organization: split(`organization organisation company employer företag firma société empresa`),
  employeeNumber: split(
    `employeenumber employeeid anställningsnummer personalnummer matricule numeroempleado`,
  ),
};

function split(words: string): readonly string[] {
  return words.split(/\s+/).map(plain);
}

/** Letters and digits only, without accents, in lower case: `Prénom` and `PRENOM` are one. */
function plain(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** How telling a name is for a target: 1 is the best, 0 is nothing. */
export function nameScore(target: Target, column: string): number {
  return score(NAMES[target], column);
}

/** The attribute that a column's name speaks of; null when it is none we know. */
export function attributeOf(column: string): string | null {
  const [found] = Object.entries(ATTRIBUTES).filter(([, names]) => score(names, column) > 0);
  return found?.[0] ?? null;
}

/** A prefix such as `user_` or `usr_` counts a little against it. */
const PREFIX_WORTH = 0.7;
/** Later names of a list are less telling, down to half. */
const LAST_WORTH = 0.5;

function score(names: readonly string[], column: string): number {
  const whole = place(names, plain(column));
  const rest = column.replace(/^[\p{L}\p{N}]+_/u, '');
  return Math.max(whole, rest === column ? 0 : place(names, plain(rest)) * PREFIX_WORTH);
}

function place(names: readonly string[], name: string): number {
  const at = names.indexOf(name);
  return at < 0 ? 0 : 1 - (at / names.length) * LAST_WORTH;
}

/** What tidies up values of a field as people type them. */
export const TRANSFORMS: Readonly<Partial<Record<Target, readonly Transform[]>>> = {
  email: ['trim', 'lower'],
  givenName: ['trim'],
  familyName: ['trim'],
  displayName: ['trim'],
};
