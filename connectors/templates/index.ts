import { aspnetIdentity } from './aspnet-identity.ts';
import { discourse } from './discourse.ts';
import { django } from './django.ts';
import { drupal } from './drupal.ts';
import { joomla } from './joomla.ts';
import { keycloak } from './keycloak.ts';
import { laravel } from './laravel.ts';
import { magento } from './magento.ts';
import { mediawiki } from './mediawiki.ts';
import { moodle } from './moodle.ts';
import { nextcloud } from './nextcloud.ts';
import { odoo } from './odoo.ts';
import { phpbb } from './phpbb.ts';
import { railsDevise } from './rails-devise.ts';
import { wordpress } from './wordpress.ts';
import type { Template } from './template.ts';

export { mergeDocuments, templateDefinition, writesBack, type Document, type Template } from './template.ts';

/** Every template, by name. */
export const TEMPLATES: readonly Template[] = [
  aspnetIdentity,
  discourse,
  django,
  drupal,
  joomla,
  keycloak,
  laravel,
  magento,
  mediawiki,
  moodle,
  nextcloud,
  odoo,
  phpbb,
  railsDevise,
  wordpress,
];

/** @returns null when there is none of that name. */
export function findTemplate(name: string): Template | null {
  return TEMPLATES.find((template) => template.name === name) ?? null;
}

/** A table that is an application's table of people. */
export interface Recognised {
  readonly template: Template;
  /** As the database has it, with its prefix. */
  readonly table: string;
}

/** The templates whose table is among these, by its name and its columns; the most telling first. */
export function recognise(
  tables: readonly { readonly name: string; readonly columns: readonly { readonly name: string }[] }[],
): readonly Recognised[] {
  const found = tables.flatMap(({ name, columns }) => {
    const present = new Set(columns.map((column) => column.name.toLowerCase()));
    return TEMPLATES.filter(
      ({ signs }) =>
        name.toLowerCase().replaceAll('"', '').endsWith(signs.table.toLowerCase()) &&
        signs.columns.every((column) => present.has(column.toLowerCase())),
    ).map((template) => ({ template, table: name }));
  });
  return found.toSorted((a, b) => b.template.signs.columns.length - a.template.signs.columns.length);
}
