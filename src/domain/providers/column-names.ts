import type { Transform } from '../../../connectors/contract/definition.ts';
import { withoutDiacritics } from '../mapping/transforms/text.ts';
import type { TextField } from '../profile.ts';

/** What a column may be taken for. */
export type Target =
  TextField | 'enabled' | 'disabled' | 'status' | 'password' | 'forceReset' | 'preRegistration' | 'cursor';

/**
 * Column names as applications write them, in English, Swedish, German, French,
 * Spanish, Italian, Dutch, Portuguese, Polish, Finnish, Danish and Norwegian; the
 * most telling first.
 */
const NAMES: Readonly<Record<Target, readonly string[]>> = {
  username: split(`username login logon loginname userlogin accountname samaccountname uid useridentifier
    screenname nickname account användarnamn anvnamn inloggning benutzername anmeldename benutzer kennung
    nomutilisateur identifiant utilisateur pseudo nombreusuario usuario cuenta nomeutente utente gebruikersnaam
    gebruiker inlognaam nomeusuario nomedeusuario utilizador nazwauzytkownika uzytkownik loginuzytkownika
    kayttajatunnus kayttajanimi tunnus brugernavn bruger brukernavn bruker`),
  email: split(`email emailaddress mail mailaddress useremail primaryemail workemail epost epostadress mejl
    emailadresse mailadresse courriel adressemail adresseemail adresseelectronique correo correoelectronico
    indirizzoemail posta postaelettronica emailadres mailadres enderecoemail correioeletronico adresemail
    poczta sahkoposti sahkopostiosoite epostadresse mailadr`),
  givenName: split(`givenname firstname forename fname givennames förnamn tilltalsnamn vorname prénom nombre
    nombrepila nome nomeproprio primeironome voornaam roepnaam imie etunimi fornavn`),
  familyName: split(`familyname lastname surname sname lname efternamn nachname familienname zuname nomfamille
    nomdefamille nom apellido apellidos cognome achternaam familienaam apelido sobrenome ultimonome nazwisko
    sukunimi efternavn etternavn`),
  displayName: split(`displayname fullname realname commonname cn name namn visningsnamn helanamn anzeigename
    vollername nomcomplet nomaffiché nombrecompleto nombremostrado nomecompleto nomevisualizzato
    volledigenaam weergavenaam naam nazwa imieinazwisko pelnanazwa nimi kokonimi navn fuldtnavn fulltnavn
    visningsnavn`),
  locale: split(`locale language lang languagecode preferredlanguage languagetag språk sprache langue idioma
    lingua taal jezyk kieli sprog sprak`),
  enabled: split(`enabled active isactive isenabled accountenabled aktiv ärenabled äraktiv aktiverad istaktiv
    actif estactif activo habilitado attivo abilitato actief ingeschakeld ativo aktywny czyaktywny aktiivinen
    kaytossa erativ eraktiv`),
  disabled: split(`disabled isdisabled accountdisabled deleted isdeleted locked islocked blocked isblocked
    inactive banned suspended archived deactivated disabledat deletedat lockedat blockedat bannedat suspendedat
    archivedat deactivatedat deletedon removedat leftat raderad spärrad inaktiv avstängd borttagen gesperrt
    gelöscht deaktiviert supprimé bloqué désactivé eliminado bloqueado deshabilitado eliminato bloccato
    disabilitato verwijderd geblokkeerd uitgeschakeld excluído desativado usunięty zablokowany poistettu
    lukittu slettet spærret sperret deaktiveret`),
  status: split(`status state accountstatus userstatus userstate accountstate activestatus statut etat estado
    situacao stato statuskod stan tila tilstand zustand toestand`),
  password: split(`passwordhash pwhash pwdhash hash password passwd pwd userpass encryptedpassword
    passworddigest hashedpassword lösenord lösenordshash passwort kennwort motdepasse mdp contraseña clave
    parola parolaordine wachtwoord wachtwoordhash senha senhahash haslo haslohash salasana adgangskode
    kodeord passord`),
  forceReset: split(`mustchange mustchangepassword forcereset forcepasswordreset forcepasswordchange
    changepassword passwordmustchange resetpassword passwordexpired passwordreset needspasswordreset pwreset
    temporarypassword istemporarypassword måstebytalösenord bytlösenord passwortändern passwortzurücksetzen
    changermotdepasse cambiarcontraseña cambiareparola cambiopassword wachtwoordwijzigen alterarsenha
    zmienhaslo vaihdasalasana skiftadgangskode byttpassord`),
  preRegistration: split(`invited isinvited invitepending invitationpending pendinginvitation preregistered
    ispreregistered needsregistration pendingregistration registrationpending awaitingregistration inbjuden
    eingeladen invité invitado invitato uitgenodigd convidado zaproszony kutsuttu inviteret invitert`),
  cursor: split(`updatedat modifiedat lastmodified changedat lastupdated updated modified changed lastchange
    updatetime updatedon modifiedon changedon datemodified dateupdated lastupdate mtime rowversion modtime
    timemodified updatedtime writedate ändrad uppdaterad ändringsdatum senaständrad geändertam geaendert
    aktualisiertam modifiéle dateModification majle actualizado modificado fechamodificacion modificatoil
    datamodifica gewijzigdop bijgewerkt atualizadoem modificadoem zmieniono datamodyfikacji muokattu päivitetty
    ændret opdateret endret oppdatert`),
};

/** Attributes worth having when a table has them. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  department: split(`department dept departement division avdelning abteilung service departamento reparto
    afdeling dzial osasto avdeling`),
  title: split(`title jobtitle position role befattning titel funktion poste cargo puesto mansione functie
    stanowisko tehtava nimike stilling`),
  phone: split(`phone phonenumber telephone mobile mobil telefon telefonnummer téléphone teléfono telefono
    telefoon telefone puhelin puhelinnumero telefonnr`),
  organization:
    split(`organization organisation company employer företag firma société empresa azienda bedrijf
    organizacja yritys virksomhed`),
  employeeNumber: split(`employeenumber employeeid staffid anställningsnummer personalnummer matricule
    numeroempleado matricola personeelsnummer numeropracownika tyontekijanumero medarbejdernummer ansattnummer`),
};

/** Names of columns that hold the salt of a hash. */
const SALTS =
  split(`salt passwordsalt pwsalt pwdsalt passsalt passwdsalt hashsalt saltvalue usersalt lösenordssalt
    passwortsalz salz sel sal sale zout sol suola`);

function split(words: string): readonly string[] {
  return words.split(/\s+/).map(plain);
}

/** Letters and digits only, without accents, in lower case: `Prénom` and `PRENOM` are one. */
function plain(name: string): string {
  return withoutDiacritics(name)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** How telling a name is for a target: 1 is the best, 0 is nothing. */
export function nameScore(target: Target, column: string): number {
  return score(NAMES[target], column);
}

/** How telling a name is for the salts of hashes; 0 is nothing. */
export function saltScore(column: string): number {
  return score(SALTS, column);
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
