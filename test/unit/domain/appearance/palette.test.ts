import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contrast, paletteOf } from '../../../../src/domain/appearance/palette.ts';

const GROUNDS = { light: ['#ffffff', '#f3f6f7'], dark: ['#162224', '#0e1719'] } as const;
const colours = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);

describe('paletteOf', () => {
  it('has text that can be read on everything it stands on, whatever the accent', () => {
    fc.assert(
      fc.property(fc.oneof(colours, fc.constantFrom('#ffffff', '#000000', '#ffcc00')), (accent) => {
        const palette = paletteOf(accent);
        for (const name of ['light', 'dark'] as const) {
          const { accent: text, accentStrong, fill, fillStrong, onFill, soft } = palette[name];
          for (const ground of [...GROUNDS[name], soft]) {
            expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
            expect(contrast(accentStrong, ground)).toBeGreaterThanOrEqual(4.5);
          }
          expect(contrast(onFill, fill)).toBeGreaterThanOrEqual(4.5);
          expect(contrast(onFill, fillStrong)).toBeGreaterThanOrEqual(4.5);
          expect(contrast(fill, GROUNDS[name][0])).toBeGreaterThanOrEqual(1.3);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('keeps an accent that is readable as it is', () => {
    expect(paletteOf('#0f5c6e').light).toMatchObject({
      accent: '#0f5c6e',
      fill: '#0f5c6e',
      onFill: '#ffffff',
    });
    expect(paletteOf('#ffcc00').light).toMatchObject({ fill: '#ffcc00', onFill: '#000000' });
  });
});

it('contrast is that of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(contrast('#0000ff', '#0000ff')).toBe(1);
});
