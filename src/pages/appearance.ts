import { readFile } from 'node:fs/promises';
import { paletteOf, type Scheme } from '../domain/appearance/palette.ts';
import { AppError } from '../kernel/errors.ts';

/** How an installation looks; null is the built-in look. */
export interface Appearance {
  /** `#rrggbb`. */
  readonly accentColour: string | null;
  /** Paths of .svg or .png files. */
  readonly logo: string | null;
  readonly logoDark: string | null;
}

export const BUILT_IN_LOOK: Appearance = { accentColour: null, logo: null, logoDark: null };

const MOST_BYTES = 256 * 1024;
const PNG = Buffer.from('\x89PNG\r\n\x1A\n', 'latin1');

export interface Picture {
  readonly type: 'image/svg+xml' | 'image/png';
  readonly content: Buffer;
}

/**
 * Reads a logo. What is in it does not matter: pages show it as a picture, in
 * which browsers run no script and load nothing.
 *
 * @throws AppError `LOGO_UNUSABLE`.
 */
export async function readPicture(path: string): Promise<Picture> {
  const content = await readFile(path).catch((cause: unknown) => {
    throw unusable(path, 'cannot be read', cause);
  });
  if (content.length > MOST_BYTES) throw unusable(path, 'is larger than 256 KB');
  if (content.subarray(0, PNG.length).equals(PNG)) return { type: 'image/png', content };
  if (/<svg[\s>]/i.test(content.toString('utf8'))) return { type: 'image/svg+xml', content };
  throw unusable(path, 'is neither SVG nor PNG');
}

function unusable(path: string, why: string, cause?: unknown): AppError {
  return new AppError({
    kind: 'invalid',
    code: 'LOGO_UNUSABLE',
    message: `The logo ${path} ${why}.`,
    remedy: 'Name a readable .svg or .png file of 256 KB at most in TRIBUTARY_LOGO and TRIBUTARY_LOGO_DARK.',
    cause,
  });
}

/** The style sheet that puts an accent in the place of the built-in one, in both schemes. */
export function accentStyles(accent: string): string {
  const { light, dark } = paletteOf(accent);
  return `:root {${variables(light)}}\n@media (prefers-color-scheme: dark) {:root {${variables(dark)}}}\n`;
}

function variables(scheme: Scheme): string {
  const pairs = {
    accent: scheme.accent,
    'accent-strong': scheme.accentStrong,
    fill: scheme.fill,
    'fill-strong': scheme.fillStrong,
    'on-fill': scheme.onFill,
    'accent-soft': scheme.soft,
    focus: scheme.accent,
  };
  return Object.entries(pairs)
    .map(([name, value]) => `--${name}:${value};`)
    .join('');
}

/** The built-in colours as they stand in the pictures. */
const BUILT_IN = { light: '#0f5c6e', dark: '#6cc4d6', paper: '#fff' };

/** One of our own pictures in an installation's colours. */
export function recoloured(svg: string, accent: string): string {
  const { light, dark } = paletteOf(accent);
  const isMark = svg.includes('<rect');
  return svg
    .replaceAll(BUILT_IN.light, isMark ? light.fill : light.accent)
    .replaceAll(BUILT_IN.dark, dark.accent)
    .replaceAll(`"${BUILT_IN.paper}"`, `"${light.onFill}"`);
}
