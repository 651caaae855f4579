// The mails as a mail program shows them: their HTML alone, light and dark, on a narrow screen (norms ACC-1, EML-11).
import { axe } from './axe.js';
import fs from 'node:fs';
import { test, expect } from './test.js';
import { address, mailPage } from './platform/platform.js';
import { emailOf } from './platform/visits.js';
import { leftovers } from './platform/words.js';

const mails = {
  'invitation': [emailOf('form-fr'), '/r/', 'fr'],
  'invitation-de': [emailOf('form-de'), '/r/', 'de'],
  'receipt': [emailOf('denise'), '/me/', 'fr'],
  'alert': ['fr-nan@aurelle.example', '/case/', 'fr'],
  'moderation-request': ['mehdi.hamidi@aurelle.example', '/moderate/', 'fr'],
  'rephrase-request': [emailOf('gaston'), '/me/', 'fr'],
  'refused': [emailOf('henri'), '/me/', 'fr'],
  'reply-published': [emailOf('bruno'), '/me/', 'fr'],
};

for (const [name, [to, link, language]] of Object.entries(mails)) {
  test(`the mail ${name}`, async ({ page }) => {
    const html = await (await fetch(`${address()}${await mailPage(to, link)}/html`)).text();
    await page.setContent(html);
    const check = expect.configure({ soft: true });
    await check(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}`));
    check(leftovers(await page.locator('body').innerText()), 'left over').toEqual([]);
    check(await page.locator('script, link[rel=stylesheet], img[src^=http]').count(), 'EML-11: nothing is fetched').toBe(0);
    await page.setViewportSize({ width: 320, height: 640 });
    check(await page.evaluate(() => document.documentElement.scrollWidth), 'width at 320 px').toBeLessThanOrEqual(320);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      const found = await axe(page).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
      check(found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => `${node.target} ${node.failureSummary}`)}`), `axe in ${colorScheme}`).toEqual([]);
      if (process.env.SCREENSHOTS) fs.mkdirSync(process.env.SCREENSHOTS, { recursive: true });
      if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/mail-${name}-${colorScheme}.png`, fullPage: true });
    }
  });
}
