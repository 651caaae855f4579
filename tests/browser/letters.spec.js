// The letters of the contact plan as a mail program shows them, each template in each language: valid HTML, nothing fetched, contrast in
// light and dark, no sideways scrolling on a telephone (norms ACC-1, EML-11). The letters are written by life_plan_test.
//   SCREENSHOTS=DIR  keeps pictures of some at 600 and 390 px
import { axe } from './axe.js';
import { HtmlValidate } from 'html-validate';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test, expect } from '@playwright/test';

const root = path.resolve(__dirname, '../..');
const writer = process.env.LETTER_WRITER || path.join(root, 'build/release/src/life/plan/life_plan_test');
const languages = ['de', 'en', 'es', 'fr', 'it', 'nl', 'pl', 'pt'];
const pictured = ['welcome.fr', 'service_2_to_5.de', 'recall.it', 'survey_delivery.pl', 'winter_tyres.es', 'thanks_review.nl'];

test.skip(!fs.existsSync(writer), `there is no ${writer}: build life_plan_test`);
test.describe.configure({ mode: 'serial' });
let folder;
test.beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'letters-'));
  execFileSync(writer, ['--gtest_filter=Letters.every_template*'], { cwd: root, env: { ...process.env, LETTERS: folder } });
});
test.afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

// What mail programs need and today's HTML calls outdated is left alone: attributes of tables, styles inside.
const validator = new HtmlValidate({
  extends: ['html-validate:standard'],
  rules: {
    'no-inline-style': 'off', 'no-deprecated-attr': 'off', 'attribute-boolean-style': 'off', 'no-trailing-whitespace': 'off', 'void-style': 'off', 'no-conditional-comment': 'off',
    'attr-quotes': 'off', 'doctype-style': 'off', 'long-title': 'off', 'no-redundant-role': 'off', 'prefer-native-element': 'off', 'meta-refresh': 'off', 'attr-spacing': 'off', 'tel-non-breaking': 'off',
    'no-raw-characters': 'off', 'aria-label-misuse': 'off', 'unique-landmark': 'off',
  },
});

for (const language of languages) {
  test(`every letter in ${language}`, async ({ page }) => {
    test.setTimeout(180_000);
    const check = expect.configure({ soft: true });
    const files = fs.readdirSync(folder).filter((one) => one.endsWith(`.${language}.html`)).sort();
    expect(files.length).toBe(31);
    for (const file of files) {
      const html = fs.readFileSync(path.join(folder, file), 'utf8');
      const { results } = await validator.validateString(html);
      check(results.flatMap((one) => one.messages.map((m) => `${m.line}: ${m.ruleId}: ${m.message}`)), `${file}: HTML`).toEqual([]);
      const asked = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.setContent(html);
      check(asked.filter((url) => url.startsWith('http')), `${file}: nothing is fetched`).toEqual([]);
      await page.setViewportSize({ width: 320, height: 640 });
      check(await page.evaluate(() => document.documentElement.scrollWidth), `${file}: width at 320 px`).toBeLessThanOrEqual(320);
      // Layout and colours are one for all languages: every letter in two of them, some in the others.
      const name = file.replace('.html', '');
      if (!['en', 'de'].includes(language) && !pictured.includes(name)) continue;
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        const found = await axe(page).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
        check(found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => `${node.target} ${node.failureSummary}`)}`), `${file}: axe in ${colorScheme}`).toEqual([]);
        check(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), `${file}: ${colorScheme}`).toBe(colorScheme === 'dark' ? 'rgb(13, 20, 22)' : 'rgb(255, 255, 255)');
        if (!process.env.SCREENSHOTS || !pictured.includes(name)) continue;
        fs.mkdirSync(process.env.SCREENSHOTS, { recursive: true });
        for (const width of [600, 390]) {
          await page.setViewportSize({ width, height: 640 });
          await page.screenshot({ path: path.join(process.env.SCREENSHOTS, `${name}-${colorScheme}-${width}.png`), fullPage: true });
        }
      }
    }
  });
}
