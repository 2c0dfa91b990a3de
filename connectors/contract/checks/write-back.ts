import type { Finding } from '../connector.ts';
import { problem, warning } from './findings.ts';

/** Hashes by length in characters: what fits says what can be written. */
const LENGTHS = [
  { needs: 128, formats: 'SHA-512 in hexadecimal' },
  { needs: 97, formats: 'argon2id' },
  { needs: 60, formats: 'bcrypt' },
] as const;

export function queryNotWritable(): Finding {
  return problem('write-back', {
    code: 'WRITE_BACK_NEEDS_TABLE',
    message: 'Nothing can be written through a query.',
    remedy: 'Name the table in source.table, or switch off password.writeBack.',
  });
}

export function computedColumn(name: string): Finding {
  return problem('write-back', {
    code: 'COLUMN_GENERATED',
    message: `The database computes ${name}; it cannot be written.`,
    remedy: `Take ${name} out of password.writeBack.set.`,
  });
}

/** @param grant the SQL that gives the right. @returns none when nothing is forbidden. */
export function forbiddenColumns(
  names: readonly string[],
  grant: (names: readonly string[]) => string,
): readonly Finding[] {
  if (names.length === 0) return [];
  return [
    problem('write-back', {
      code: 'SOURCE_PERMISSION_DENIED',
      message: `The login may not update ${names.join(', ')}.`,
      remedy: grant(names),
    }),
  ];
}

/** @param view as the database writes its name. */
export function viewNotUpdatable(view: string): Finding {
  return problem('write-back', {
    code: 'VIEW_NOT_UPDATABLE',
    message: `The view ${view} cannot be updated.`,
    remedy: 'Name the table behind it in source.table, or switch off password.writeBack.',
  });
}

/** @param what a read-only server is called there. */
export function standby(what: string): Finding {
  return problem('write-back', {
    code: 'SOURCE_IS_STANDBY',
    message: `This server is ${what}.`,
    remedy: 'Set connection.host to the primary.',
  });
}

/** @param when triggers run: `before an update`. @returns none without triggers. */
export function rewritingTriggers(names: readonly string[], when: string): readonly Finding[] {
  if (names.length === 0) return [];
  return [
    warning('write-back', {
      code: 'TRIGGER_MAY_REWRITE',
      message: `Triggers run ${when}: ${names.join(', ')}. A write that one of them changes is taken back.`,
      remedy: 'Make sure that they leave the password column alone when it holds a hash already.',
    }),
  ];
}

/** @param widen the SQL that makes the column wide enough. @returns none where every usual format fits. */
export function narrowColumn(
  column: { readonly name: string; readonly characters: number },
  widen: string,
): readonly Finding[] {
  const lost = LENGTHS.filter(({ needs }) => needs > column.characters);
  if (lost.length === 0) return [];
  const wanted = lost.map(({ formats, needs }) => `${formats} (${String(needs)})`).join(', ');
  return [
    warning('write-back', {
      code: 'HASH_COLUMN_NARROW',
      message: `${column.name} holds ${String(column.characters)} characters, too few for ${wanted}.`,
      remedy: `Choose a format that fits in password.writeBack.format, or: ${widen}`,
    }),
  ];
}

/** The column that stands for the hash has to tell every write. */
export function comparedMustMove(name: string, type: string): Finding {
  return warning('write-back', {
    code: 'COMPARED_MUST_MOVE',
    message: `${name} is ${type}, which Tributary cannot move on: a write that leaves it as it was is taken back.`,
    remedy: `Name a number or a time in password.writeBack.compare, or have a trigger change ${name} with every update.`,
  });
}

/** @param revoke the SQL that takes the right away. */
export function hashInSight(column: string, revoke: string): Finding {
  return warning('rights', {
    code: 'RIGHTS_BEYOND_NEED',
    message: `The login may read ${column}, which password.writeBack.compare is there to avoid.`,
    remedy: `${revoke} and run what tributary provider grants prints. Or leave password.writeBack.compare out.`,
  });
}
