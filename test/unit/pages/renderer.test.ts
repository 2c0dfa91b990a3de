import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { prepareRendering } from '../../../src/pages/renderer.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-templates-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function render(template: string, data: object): Promise<string> {
  const { render: page } = await prepareRendering({ productName: 'Example', templatesDirectory: folder });
  return await page({ template, language: 'en', data: { ...data } });
}

describe('prepareRendering', () => {
  it('escapes whatever a template prints', async () => {
    const html = await render('link', {
      purpose: 'first-password',
      path: '/password/first',
      username: '<img src=x onerror=alert(1)> {{ productName }}',
      token: '"><script>',
      faults: [],
    });
    expect(html).not.toMatch(/<img src=x|"><script>/);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; {{ productName }}');
  });

  it("takes a template of the installation's own in place of a built-in one, and escapes there too", async () => {
    await writeFile(join(folder, 'forgot.liquid'), 'Own {{ name }} {{ productName }}');
    expect(await render('forgot', { name: '<b>' })).toBe('Own &lt;b&gt; Example');
    expect(await render('link-sent', { faults: [] })).toContain('Check your e-mail');
  });

  it('stops a template that loops, and shows nothing of an object but its own properties', async () => {
    await writeFile(join(folder, 'loop.liquid'), '{% for a in (1..100000000) %}x{% endfor %}');
    await expect(render('loop', {})).rejects.toThrow();
    await writeFile(join(folder, 'proto.liquid'), '[{{ data.constructor.name }}]');
    expect(await render('proto', { data: {} })).toBe('[]');
  });
});
