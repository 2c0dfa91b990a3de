import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accentStyles, readPicture, recoloured } from '../../../src/pages/appearance.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-look-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const PNG = Buffer.from('89504e470d0a1a0a0000000d', 'hex');

async function read(name: string, content: Buffer | string): Promise<unknown> {
  const path = join(folder, name);
  await writeFile(path, content);
  return await readPicture(path);
}

describe('a logo', () => {
  it('is known by what is in it, not by its name', async () => {
    expect(await read('a.svg', PNG)).toEqual({ type: 'image/png', content: PNG });
    const svg = '<?xml version="1.0"?><!-- ours --><svg xmlns="http://www.w3.org/2000/svg"/>';
    expect(await read('b.png', svg)).toEqual({ type: 'image/svg+xml', content: Buffer.from(svg) });
    expect(
      await read('large.png', Buffer.concat([PNG, Buffer.alloc(256 * 1024 - PNG.length)])),
    ).toBeDefined();
  });

  it.each([
    ['no picture', '<html><script>alert(1)</script></html>', 'is neither SVG nor PNG'],
    ['empty', '', 'is neither SVG nor PNG'],
    ['cut off', PNG.subarray(0, 7), 'is neither SVG nor PNG'],
    ['another kind of picture', Buffer.from('ffd8ffe000104a46', 'hex'), 'is neither SVG nor PNG'],
    ['too large', Buffer.concat([PNG, Buffer.alloc(256 * 1024)]), 'is larger than 256 KB'],
  ])('that is %s is refused, with its path and a remedy', async (name, content, why) => {
    await expect(read(name, content)).rejects.toMatchObject({
      code: 'LOGO_UNUSABLE',
      message: `The logo ${join(folder, name)} ${why}.`,
      remedy: expect.stringContaining('TRIBUTARY_LOGO'),
    });
  });

  it('that is a folder or is not there is refused in the same way', async () => {
    for (const path of [folder, join(folder, 'nothing.svg')])
      await expect(readPicture(path)).rejects.toMatchObject({ code: 'LOGO_UNUSABLE' });
  });
});

/** WCAG's contrast of two colours. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

describe('an accent from the configuration', () => {
  it.each(['#ffff00', '#ffffff', '#000000', '#ff0000', '#0f5c6e', '#7fffd4', '#808080'])(
    '%s can be read as text and on buttons, in light and in dark',
    (accent) => {
      const [light = '', dark = ''] = accentStyles(accent).split('@media');
      const of = (styles: string, name: string): string =>
        new RegExp(`--${name}:(#[0-9a-f]{6});`).exec(styles)?.[1] ?? '';
      for (const [styles, paper] of [
        [light, '#ffffff'],
        [dark, '#10181b'],
      ] as const) {
        expect(contrast(of(styles, 'accent'), paper)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(of(styles, 'on-fill'), of(styles, 'fill'))).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  it('leaves nothing of the built-in colours in our own pictures', () => {
    const mark = '<svg><rect fill="#0f5c6e"/><path stroke="#fff" fill="#6cc4d6"/></svg>';
    expect(recoloured(mark, '#aa0000')).not.toMatch(/#0f5c6e|#6cc4d6/);
  });
});
