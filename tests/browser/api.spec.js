// /api/: the reference for people who write programs, made from the OpenAPI description; nothing of that is missing on the page.
import { axe } from './axe.js';
import { test, expect } from './test.js';
import { api } from './platform/platform.js';

test('every operation and schema of the description is on the page, with who may ask', async ({ page }) => {
  const description = await api('/api/v1/openapi.json');
  await page.goto('/api/');
  const heads = await page.locator('.operations h3').allInnerTexts();
  const shown = new Set(heads.map(text => text.replace(/\s+/g, ' ').trim()));
  let operations = 0;
  for (const [path, methods] of Object.entries(description.paths))
    for (const [method, operation] of Object.entries(methods)) {
      if (method === 'parameters') continue;
      operations += 1;
      expect(shown, `${method} ${path}`).toContain(`${method.toUpperCase()} ${path}`);
      if (operation['x-permission'] && operation.operationId)
        await expect(page.locator(`[id="${operation.operationId}"]`)).toContainText(operation['x-permission']);
    }
  expect(operations).toBeGreaterThan(150);
  for (const name of Object.keys(description.components.schemas)) expect(shown, name).toContain(name);
  const ids = await page.locator('[id]').evaluateAll(all => all.map(one => one.id));
  expect(new Set(ids).size, 'no address twice').toBe(ids.length);
  const broken = await page.locator('.reference a[href^="#"]').evaluateAll(all => all.map(a => a.getAttribute('href')).filter(to => !document.getElementById(to.slice(1))));
  expect(broken).toEqual([]);
});

// The page is long and made by one template: its frame and some of its parts stand for all.
const parts = ['.masthead', '.contents', '.operations > :is(h1, p, ul)', '.operations > section:nth-of-type(-n+4)', '#schema-Case, #schema-Problem, #schema-Rating'];
for (const [name, width, scheme] of [['wide', 1280, 'light'], ['phone', 390, 'dark']])
  test(`readable ${name}, ${scheme}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto('/api/');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    const found = await parts.reduce((look, part) => look.include(part), axe(page)).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect(found.violations.map(one => `${one.id}: ${one.nodes.slice(0, 2).map(node => node.target).join(' ')}`)).toEqual([]);
  });
