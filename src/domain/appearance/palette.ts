/** The colours that follow from an installation's accent, in one of the two schemes. All are `#rrggbb`. */
export interface Scheme {
  /** Text and marks on every ground of ours: links, the ring around what has the focus. */
  readonly accent: string;
  readonly accentStrong: string;
  /** The ground of buttons, and the same under the pointer. */
  readonly fill: string;
  readonly fillStrong: string;
  /** Text on both. */
  readonly onFill: string;
  /** The ground of notices. */
  readonly soft: string;
}

export interface Palette {
  readonly light: Scheme;
  readonly dark: Scheme;
}

/** The grounds that pages and e-mails have, as in their style sheets. */
const GROUNDS = {
  light: { surface: '#ffffff', ground: '#f3f6f7', away: '#000000' },
  dark: { surface: '#162224', ground: '#0e1719', away: '#ffffff' },
} as const;

const INK = '#000000';
const PAPER = '#ffffff';
/** WCAG 2.2, 1.4.3: text. A tenth more, because what is shown is rounded. */
const READABLE = 4.6;
/** A button has to be seen as one, but its label is what has to be read. */
const VISIBLE = 1.35;
const STEP = 0.04;

/** Colours for both schemes with text that can be read, whatever accent was chosen. @param accent `#rrggbb`. */
export function paletteOf(accent: string): Palette {
  return { light: schemeOf(accent, 'light'), dark: schemeOf(accent, 'dark') };
}

function schemeOf(accent: string, name: keyof typeof GROUNDS): Scheme {
  const { surface, ground, away } = GROUNDS[name];
  const soft = mix(surface, accent, name === 'light' ? 0.1 : 0.16);
  const fill = until(accent, away, (colour) => contrast(colour, surface) >= VISIBLE);
  const onFill = contrast(fill, PAPER) >= contrast(fill, INK) ? PAPER : INK;
  const text = until(accent, away, (colour) =>
    [surface, ground, soft].every((under) => contrast(colour, under) >= READABLE),
  );
  return {
    accent: text,
    accentStrong: mix(text, away, 0.25),
    fill,
    // Away from its label, so that the label stays as readable as it was.
    fillStrong: mix(fill, onFill === PAPER ? '#000000' : PAPER, 0.16),
    onFill,
    soft,
  };
}

/** The colour nearest to `from` on the way to `to` that will do; `to` itself when none does sooner. */
function until(from: string, to: string, good: (colour: string) => boolean): string {
  for (let part = 0; part < 1; part += STEP) {
    const colour = mix(from, to, part);
    if (good(colour)) return colour;
  }
  return to;
}

/** @param part of `to`, from 0 to 1. */
function mix(from: string, to: string, part: number): string {
  const [a, b] = [channels(from), channels(to)];
  const mixed = a.map((value, at) => Math.round(value + ((b[at] ?? 0) - value) * part));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** The ratio of WCAG 2, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(colour: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
