// Every page in every language: it says its language, leaves nothing untranslated, fits 320 px, has no script, keeps its policy,
// and axe finds nothing in light and in dark (norm ACC-1).
import fs from 'node:fs';
import path from 'node:path';
import { axe } from './axe.js';
import { test, expect, pages } from './test.js';
import { invitation } from './platform/platform.js';
import { languages, leftovers } from './platform/words.js';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// name -> how it is opened; `status` where it is not 200, `only` where the page knows but one language.
const all = {
  'home': { open: (page, language) => page.goto(`/${language}/`) },
  'home-country': { open: (page, language) => page.goto(`/${language}/?country=FR`) },
  'home-nothing-found': { open: (page, language) => page.goto(`/${language}/?q=Atlantis`) },
  'site': { open: (page, language) => page.goto(`/${language}/sites/FR-NAN`) },
  'site-filtered': { open: (page, language) => page.goto(`/${language}/sites/FR-NAN?rating=1&sort=lowest`) },
  'site-without-reviews': { open: (page, language) => page.goto(`/${language}/sites/PL-WAW`) },
  'product': { open: (page, language) => page.goto(`/${language}/products/MADRIGAL`) },
  'review': { open: (page, language) => page.goto(`/${language}${pages().review}`) },
  'review-answered': { open: (page, language) => page.goto(`/${language}${pages().answered}`) },
  'rules': { open: (page, language) => page.goto(`/${language}/rules`) },
  'accessibility': { open: (page, language) => page.goto(`/${language}/accessibility`) },
  'check': { open: (page, language) => page.goto(`/${language}/check`) },
  'transparency': { open: (page, language) => page.goto(`/${language}/transparency`) },
  'form': { open: async (page, language) => page.goto(`${await invitation(`form-${language}`)}?n=4`) },
  'form-spontaneous': { open: (page, language) => page.goto(`/review/FR-NAN?lang=${language}`) },
  'form-errors': {
    status: 422,
    open: async (page, language) => {
      await page.goto(`/review/FR-NAN?lang=${language}`);
      return submit(page);
    },
  },
  'thanks': {
    open: async (page, language) => {
      await page.goto(`${await invitation(`thanks-${language}`)}?n=5`);
      await page.locator('#body').fill({ en: 'Quick and friendly.', fr: 'Rapide et aimable.', de: 'Schnell und freundlich.' }[language]);
      await page.locator('input[name=product_rating][value="4"]').check();
      await page.locator('#declaration').check();
      return submit(page);
    },
  },
  'me': { only: 'fr', open: (page) => page.goto(pages().alice) },
  'me-answered': { only: 'fr', open: (page) => page.goto(pages().bruno) },
  'me-held': { only: 'fr', open: (page) => page.goto(pages().clara) },
  'me-rephrase': { only: 'fr', open: (page) => page.goto(pages().gaston) },
  'me-refused': { only: 'fr', open: (page) => page.goto(pages().henri) },
  'rephrase': { only: 'fr', open: (page) => page.goto(`${pages().gaston}/rephrase`) },
  'case': { open: (page) => page.goto(pages().case) },
  'moderate': { open: (page) => page.goto(pages().moderate) },
  'moderate-errors': {
    status: 422,
    open: async (page) => {
      await page.goto(pages().moderate);
      await page.locator('input[name=decision][value=refuse]').check();
      return submit(page);
    },
  },
  'audit': { open: (page) => page.goto(pages().audit) },
  'audit-errors': {
    status: 422,
    open: async (page) => {
      await page.goto(pages().audit);
      return submit(page);
    },
  },
  'unsubscribe': { only: 'fr', open: (page) => page.goto(pages().unsubscribe) },
  'link-used': { only: 'fr', status: 410, open: async (page) => page.goto(await invitation('alice')) },
  'link-unknown': { status: 404, open: (page) => page.goto('/r/AAAAAAAAAAAAAAAAAAAAAA') },
  'not-found': { status: 404, open: (page, language) => page.goto(`/${language}/sites/NO-SUCH`) },
  'no-such-page': { status: 404, open: (page, language) => page.goto(`/${language}/nothing/here`) },
  'outbox': { open: (page) => page.goto('/demo/outbox') },
  'mail': { open: (page) => page.goto(pages().mail) },
};

async function submit(page) {
  const [answer] = await Promise.all([page.waitForNavigation(), page.locator('main form:not([role=search]) button').last().click()]);
  return answer;
}

async function picture(page, name) {
  if (!process.env.SCREENSHOTS) return;
  fs.mkdirSync(process.env.SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: path.join(process.env.SCREENSHOTS, `${name}.png`), fullPage: true });
}

// In dark only what depends on colours is looked at anew.
async function faults(page, only) {
  // axe wants scripts, which the frame of a mail does not have; the mail is looked at by itself below.
  await page.evaluate(() => document.querySelector('iframe.mail')?.remove());
  const builder = axe(page);
  const found = await (only ? builder.withRules(only) : builder.withTags(rules)).analyze();
  return found.violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary}`).join('\n  ')}`);
}

for (const language of languages) {
  test.describe(language, () => {
    test.use({ locale: { en: 'en-GB', fr: 'fr-FR', de: 'de-DE' }[language] });

    for (const [name, one] of Object.entries(all)) {
      if (one.only && one.only !== language) continue;
      test(`${name} in ${language}`, async ({ page }) => {
        const answer = await one.open(page, language);
        const check = expect.configure({ soft: true });
        check(answer.status()).toBe(one.status ?? 200);

        await check(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}(-[A-Z]{2})?$`));
        check(await page.title(), 'title').not.toBe('');
        const seen = await page.evaluate(() => [document.title, document.body.innerText,
          ...[...document.querySelectorAll('[aria-label],[alt],[title],[placeholder],meta[name=description]')].flatMap((element) =>
            ['aria-label', 'alt', 'title', 'placeholder', 'content'].map((attribute) => element.getAttribute(attribute) ?? ''))].join('\n'));
        check(leftovers(seen), 'left over').toEqual([]);
        check(await page.locator('script:not([type="application/ld+json"], [src^="/a/"]), [style], [onclick], [onload]').count(), 'inline scripts and styles').toBe(0);
        const policy = answer.headers()['content-security-policy'];
        check(policy, 'policy').toContain("default-src 'none'");
        check(policy, 'policy').toContain("frame-ancestors 'none'");
        check(policy, 'policy').not.toContain('unsafe');
        check(answer.headers()['set-cookie'], 'cookie').toBeUndefined();

        const full = language === (one.only ?? 'fr');
        if (full) {
          check(await faults(page), 'axe in light').toEqual([]);
          await picture(page, `${name}-desktop`);
          await page.emulateMedia({ colorScheme: 'dark' });
          check(await faults(page, ['color-contrast', 'link-in-text-block']), 'axe in dark').toEqual([]);
          await picture(page, `${name}-dark`);
          await page.emulateMedia({ colorScheme: 'light' });
        }
        await page.setViewportSize({ width: 320, height: 640 });
        check(await page.evaluate(() => document.documentElement.scrollWidth), 'width at 320 px').toBeLessThanOrEqual(320);
        if (full) await picture(page, `${name}-320`);
        else if (process.env.SCREENSHOTS) await picture(page, `${name}-320-${language}`);
      });
    }
  });
}
