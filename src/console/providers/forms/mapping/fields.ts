import type { Path } from '../../draft/document.ts';

/** A field of a profile that records are mapped to. */
export interface ProfileField {
  readonly path: Path;
  /** As the API names it in problems and proposals. */
  readonly place: string;
  readonly label: string;
  readonly text: string;
  readonly required?: boolean;
}

/** The fields that every profile has, in the order that they are asked for. */
export const PROFILE_FIELDS: readonly ProfileField[] = [
  {
    ...field('username', 'Username', 'What people sign in with. Unique, upper and lower case the same.'),
    required: true,
  },
  field('email', 'E-mail address', 'People sign in with it too; invitations and links go there.'),
  field('givenName', 'Given name', ''),
  field('familyName', 'Family name', ''),
  field('displayName', 'Display name', 'How the person is greeted.'),
  field('locale', 'Language', 'A tag such as sv or en-GB: the language of e-mails.'),
  field('enabled', 'May sign in', 'True or false. Not mapped: everybody may.'),
];

function field(name: string, label: string, text: string): ProfileField {
  return { path: `mapping.${name}`, place: `mapping.${name}`, label, text };
}

/** One of the installation's own fields. */
export function attributeField(name: string): ProfileField {
  return {
    path: ['mapping', 'attributes', name],
    place: `mapping.attributes.${name}`,
    label: name,
    text: 'An attribute of your own.',
  };
}
