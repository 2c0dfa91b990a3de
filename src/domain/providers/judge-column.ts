import type { Transform } from '../../../connectors/contract/definition.ts';
import type { ColumnSchema } from '../../../connectors/contract/schema.ts';
import { nameScore, TRANSFORMS, type Target } from './column-names.ts';
import type { ColumnShape } from './column-shape.ts';

/** A column with what its samples look like. */
export interface Column extends ColumnSchema {
  readonly shape: ColumnShape;
}

/** How well a column fits, and why; or why it does not although it seemed to. */
export interface Judgement {
  /** 0: it does not. */
  readonly score: number;
  readonly reason: string;
  readonly transform: readonly Transform[];
}

type Judge = (named: number, shape: ColumnShape) => Judgement;

/** Says how well a column fits a target by its name, its type and what its samples look like. */
export function judge(target: Target, { name, shape }: Column): Judgement {
  const named = nameScore(target, name);
  const special = JUDGES[target];
  if (special !== undefined) return special(named, shape);
  if (named === 0) return no('');
  if (shape.hashes.length > 0) return no('its values are password hashes');
  if (shape.emails && target !== 'username') return no('its values are e-mail addresses');
  return yes(named, 'its name', TRANSFORMS[target]);
}

function yes(score: number, reason: string, transform: readonly Transform[] = []): Judgement {
  return { score, reason, transform };
}

/** An empty reason: it never seemed to fit. */
function no(reason: string): Judgement {
  return { score: 0, reason, transform: [] };
}

/** What values look like says more than a name; both together are as good as certain. */
function byLooks(named: number, looks: boolean, reason: string): Judgement | null {
  if (named > 0 && looks) return yes(named + 1, `its name, and ${reason}`);
  return looks ? yes(1, reason) : null;
}

const JUDGES: Readonly<Partial<Record<Target, Judge>>> = {
  password: judgePassword,
  email: judgeEmail,
  enabled: (named, shape) => judgeFlag(named, shape),
  forceReset: (named, shape) => judgeFlag(named, shape),
  preRegistration: (named, shape) => judgeFlag(named, shape),
  disabled: judgeDisabled,
  status: judgeStatus,
  locale: judgeLocale,
  cursor: judgeCursor,
};

function judgePassword(named: number, shape: ColumnShape): Judgement {
  const looks = byLooks(
    named,
    shape.hashes.length > 0,
    `its values are password hashes (${shape.hashes.join(', ')})`,
  );
  if (looks !== null) return looks;
  if (named === 0) return no('');
  if (shape.couldBe.length > 0)
    return yes(
      named,
      `its name, and its values could be ${shape.couldBe.join(' or ')}: such a format has to be named`,
    );
  return shape.sampled
    ? no('it is named like passwords, and its values are in no format that is recognised')
    : yes(named, 'its name; it holds no value that could be looked at');
}

function judgeEmail(named: number, shape: ColumnShape): Judgement {
  const transform = TRANSFORMS.email;
  const looks = byLooks(named, shape.emails, 'its values look like e-mail addresses');
  if (looks !== null) return { ...looks, transform: transform ?? [] };
  if (named === 0) return no('');
  return shape.sampled
    ? no('it is named like addresses, and most of its values are none')
    : yes(named, 'its name', transform);
}

function judgeFlag(named: number, shape: ColumnShape): Judgement {
  if (named === 0) return no('');
  if (shape.booleans) return yes(named, 'its name, and it holds yes or no');
  return no('it is named like a yes or no, and holds something else');
}

function judgeDisabled(named: number, shape: ColumnShape): Judgement {
  if (named === 0) return no('');
  if (shape.booleans) return yes(named, 'its name, and it holds yes or no; turned round', ['not']);
  if (shape.dates)
    return yes(named, 'its name, and it holds a time: whoever has none may sign in', ['date', 'isEmpty']);
  return no('it is named like a yes or no, and holds something else');
}

function judgeStatus(named: number, { states, sampled }: ColumnShape): Judgement {
  if (named === 0) return no('');
  if (states === null)
    return no(
      sampled
        ? 'it is named like the state of an account, and its values are not understood; write a switch for them'
        : 'it is named like the state of an account, and holds no value that could be looked at',
    );
  const cases = Object.fromEntries(states.active.map((state) => [state, 'true']));
  const unsure = states.unsure > 0 ? `; ${String(states.unsure)} of its values were not understood` : '';
  return yes(named, `its name, and its values are states of accounts${unsure}`, [
    { switch: { ...cases, default: 'false' } },
  ]);
}

function judgeLocale(named: number, shape: ColumnShape): Judgement {
  if (named === 0) return no('');
  if (shape.locales || !shape.sampled)
    return yes(named, shape.locales ? 'its name, and its values are languages' : 'its name');
  return no('it is named like a language, and its values are no language tags such as sv or en-GB');
}

function judgeCursor(named: number, shape: ColumnShape): Judgement {
  if (named === 0) return no('');
  if (shape.dates || shape.numbers)
    return yes(named, 'its name, and it holds times or numbers that can grow');
  return no('it is named like the time of the last change, and holds texts');
}
