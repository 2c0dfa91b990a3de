import { WEAK_FORMAT_WORDS } from '../../../connectors/contract/definition.ts';
import { ruleProblems } from '../../domain/providers/expression-problems.ts';
import type { Problem } from '../../kernel/errors.ts';
import { formatProblems } from './format-problems.ts';

/** Longer ones are refused without being looked at. */
const MOST_EXPRESSION = 4096;

type Group = Readonly<Record<string, unknown>>;

/**
 * What is wrong with the expressions and formats of a document that has other
 * faults, too: whoever mends it is told of everything at once. What cannot be made
 * out is left to those faults.
 *
 * @param document of any shape, as somebody wrote it.
 */
export function writtenProblems(document: unknown): readonly Problem[] {
  const { mapping, password } = groupOf(document);
  const rules = groupOf(password);
  const { attributes, ...fields } = groupOf(mapping);
  const flags = { forceReset: rules['forceReset'], preRegistration: rules['preRegistration'] };
  const ofHashes = [rules['column'], ...partsOf(rules['format'])].filter((name) => typeof name === 'string');
  const among = (prefix: string, group: Group): readonly Problem[] =>
    Object.entries(group).flatMap(([name, rule]) => expressionOf(`${prefix}.${name}`, rule, ofHashes));
  return [
    ...among('mapping', fields),
    ...among('mapping.attributes', groupOf(attributes)),
    ...among('password', flags),
    ...ofFormats(rules),
  ];
}

function groupOf(value: unknown): Group {
  const isGroup = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isGroup ? (value as Group) : {};
}

function expressionOf(place: string, rule: unknown, ofHashes: readonly string[]): readonly Problem[] {
  const { expression } = groupOf(rule);
  if (typeof expression !== 'string' || expression.length > MOST_EXPRESSION) return [];
  return ruleProblems(place, { expression }, ofHashes);
}

/** The columns that a rule for hashes names. */
function partsOf(format: unknown): readonly unknown[] {
  const { salt, algorithm, credentialData } = groupOf(format);
  return [salt, algorithm, credentialData].map((part) => groupOf(part)['column']);
}

function ofFormats({ format = 'auto', writeBack }: Group): readonly Problem[] {
  const { enabled, format: written, weakFormatAccepted } = groupOf(writeBack);
  if (typeof format !== 'string' || (written !== undefined && typeof written !== 'string')) return [];
  return formatProblems({
    format,
    writeBack: {
      enabled: enabled === true,
      ...(written !== undefined && { format: written }),
      // What it says is looked at where it is read.
      ...(weakFormatAccepted !== undefined && { weakFormatAccepted: WEAK_FORMAT_WORDS }),
    },
  });
}
