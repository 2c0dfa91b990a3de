import { NAME_STOCKS, type NameStock } from './names.ts';
import { Seeded } from './random.ts';
import { TEMPORARY_PASSWORDS } from './temporary-passwords.ts';

/** A row of the sample customer's table `hr.people`. */
export interface SamplePerson {
  readonly id: number;
  readonly login: string;
  readonly mail: string | null;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly language: string | null;
  readonly department: string;
  readonly active: boolean;
  readonly pw_hash: string | null;
  readonly must_change: boolean;
  readonly invited: boolean;
}

/** Somebody whom the demo introduces by name. */
export interface NamedPerson {
  readonly login: string;
  readonly name: string;
  readonly password: string | null;
  /** What happens when they sign in. */
  readonly story: string;
}

export const PEOPLE = 1_000;
const SEED = 4_600;
const DOMAIN = 'acme.example';
const DEPARTMENTS = ['Foundry', 'Clockworks', 'Archive', 'Cartography', 'Night Shift', 'Människor & Kultur'];

/** A thousand people, the same each time: first those with names to remember, last those that cannot be mapped. */
export function samplePeople(): readonly SamplePerson[] {
  const random = new Seeded(SEED);
  const taken = new Set(NAMED.map(({ row }) => row.login));
  const named = NAMED.map(({ row }, at) => ({ ...row, id: at + 1 }));
  const many = Array.from({ length: PEOPLE - NAMED.length - UNMAPPABLE.length }, (_, at) =>
    randomPerson(random, { id: NAMED.length + 1 + at, taken }),
  );
  const odd = UNMAPPABLE.map((person, at) => ({ ...person, id: PEOPLE - UNMAPPABLE.length + 1 + at }));
  return [...named, ...many, ...odd];
}

function randomPerson(
  random: Seeded,
  { id, taken }: { readonly id: number; readonly taken: Set<string> },
): SamplePerson {
  const stock = pickStock(random);
  const [first, firstLogin] = random.pick(stock.given);
  const [last, lastLogin] = random.pick(stock.family);
  const login = freeLogin(`${firstLogin}.${lastLogin}`, taken);
  // Three people in a hundred were hired and have no password yet; the application mails to them through us.
  const invited = random.chance(3);
  return {
    id,
    login,
    mail: random.chance(2) && !invited ? null : `${login}@${DOMAIN}`,
    first_name: first,
    last_name: last,
    language: random.chance(4) ? null : stock.language === 'sv' ? 'sv' : 'en',
    department: random.pick(DEPARTMENTS),
    active: invited || !random.chance(6),
    pw_hash: invited ? null : random.pick(TEMPORARY_PASSWORDS).hash,
    must_change: !invited && random.chance(12),
    invited,
  };
}

function pickStock(random: Seeded): NameStock {
  let left = random.next() * NAME_STOCKS.reduce((sum, { share }) => sum + share, 0);
  return NAME_STOCKS.find(({ share }) => (left -= share) < 0) ?? random.pick(NAME_STOCKS);
}

/** Namesakes are numbered, as customers do it: `elin.ekdahl2`. */
function freeLogin(wanted: string, taken: Set<string>): string {
  let login = wanted;
  for (let number = 2; taken.has(login); number += 1) login = `${wanted}${number}`;
  taken.add(login);
  return login;
}

const ORDINARY = { department: 'Clockworks', active: true, must_change: false, invited: false } as const;

function temporary(format: string): { readonly password: string; readonly hash: string } {
  const found = TEMPORARY_PASSWORDS.find((each) => each.format === format);
  if (found === undefined) throw new Error(`no temporary password in the format ${format}`);
  return found;
}

function introduce(
  row: Omit<SamplePerson, 'id' | 'mail' | 'department'>,
  about: { readonly password: string | null; readonly story: string },
): { readonly row: Omit<SamplePerson, 'id'>; readonly person: NamedPerson } {
  const name = `${row.first_name ?? ''} ${row.last_name ?? ''}`;
  return {
    row: { ...row, department: 'Clockworks', mail: `${row.login}@${DOMAIN}` },
    person: { login: row.login, name, ...about },
  };
}

const bcrypt = temporary('bcrypt');
const django = temporary('django-pbkdf2-sha256');
const argon2 = temporary('argon2id');

const NAMED = [
  introduce(
    {
      ...ORDINARY,
      login: 'ingrid.aberg',
      first_name: 'Ingrid',
      last_name: 'Åberg',
      language: 'sv',
      pw_hash: bcrypt.hash,
      must_change: true,
    },
    {
      password: bcrypt.password,
      story: 'has to choose a password of her own; it is written back to the customer',
    },
  ),
  introduce(
    {
      ...ORDINARY,
      login: 'misaki.onodera',
      first_name: '美咲',
      last_name: '小野寺',
      language: 'en',
      pw_hash: null,
      invited: true,
    },
    { password: null, story: 'has no password yet; the e-mail with her link waits in the mailbox' },
  ),
  introduce(
    {
      ...ORDINARY,
      login: 'tomas.figueirao',
      first_name: 'Tomás',
      last_name: 'Figueirão',
      language: 'en',
      pw_hash: django.hash,
    },
    { password: django.password, story: 'signs in with the password of the customer’s application' },
  ),
  introduce(
    {
      ...ORDINARY,
      login: 'olena.hrynevych',
      first_name: 'Олена',
      last_name: 'Гриневич',
      language: 'en',
      pw_hash: argon2.hash,
      active: false,
    },
    {
      password: argon2.password,
      story: 'is disabled by the customer: the answer is that of a wrong password',
    },
  ),
];

/** Those whom the demo introduces, in the order of their ids. */
export const NAMED_PEOPLE: readonly NamedPerson[] = NAMED.map(({ person }) => person);

const odd = { ...ORDINARY, department: 'Archive', language: 'en', pw_hash: null } as const;

/** Rows as real tables have them: each ends up among the errors of the run, and stops nobody else. */
const UNMAPPABLE: readonly Omit<SamplePerson, 'id'>[] = [
  { ...odd, login: '', mail: `nobody@${DOMAIN}`, first_name: 'No', last_name: 'Login' },
  {
    ...odd,
    login: 'bad.address',
    mail: 'bad.address(at)acme.example',
    first_name: 'Bad',
    last_name: 'Address',
  },
  {
    ...odd,
    login: 'two.addresses',
    mail: 'one@acme.example, two@acme.example',
    first_name: 'Two',
    last_name: 'Addresses',
  },
  {
    ...odd,
    login: 'Ingrid.Aberg',
    mail: `ingrid.aberg.old@${DOMAIN}`,
    first_name: 'Ingrid',
    last_name: 'Åberg',
  },
  { ...odd, login: ' spaced.out', mail: `spaced.out@${DOMAIN}`, first_name: 'Spaced', last_name: 'Out' },
  {
    ...odd,
    login: 'hidden\u200b.letter',
    mail: `hidden@${DOMAIN}`,
    first_name: 'Hidden',
    last_name: 'Letter',
  },
];

/** How many of the thousand cannot become profiles. */
export const UNMAPPABLE_PEOPLE = UNMAPPABLE.length;
