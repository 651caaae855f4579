// What the law wants beside each review (norm NOT-1: checked or not, publication, experience and update dates, order, verified or
// not, reward, a way to the rules), in every language, on every page that shows one, and in the widget; and the facts of the rules
// page (NOT-2), the figures (NOT-7) and the accessibility page (ACC-5) as a reader meets them.
import { axe } from './axe.js';
import { test, expect, pages } from './test.js';
import { address, api, publicReviews } from './platform/platform.js';
import { languages, spacesAlike, words } from './platform/words.js';

const dates = { en: 'en-GB', fr: 'fr-FR', de: 'de-DE' };

// The words of a text before its first argument: what must stand on the page whatever is put in.
const beginning = (language, key) => words(language, key).split('{')[0].trim();

for (const language of languages) {
  test.describe(`NOT-1 in ${language}`, () => {
    test.use({ locale: dates[language] });

    for (const [name, path] of Object.entries({ site: '/sites/FR-NAN', product: '/products/MADRIGAL' })) {
      test(`beside each review of the page of a ${name}`, async ({ page }) => {
        await page.goto(`/${language}${path}`);
        const articles = page.locator('article.review');
        const reviews = name === 'site' ? await publicReviews('FR-NAN') : (await api('/api/v1/products/MADRIGAL/reviews?limit=100')).reviews;
        expect(reviews.length).toBeGreaterThan(0);
        await expect(articles).toHaveCount(reviews.length);
        for (const review of reviews) {
          const facts = page.locator(`#review-${review.id} .facts`);
          await expect(facts.locator('time').first(), 'experience date').toHaveAttribute('datetime', review.experience_on);
          await expect(facts.locator('time').nth(1), 'publication date').toHaveAttribute('datetime', review.published_at);
          await expect(facts, 'verified').toContainText(words(language, `review.origin.${review.verified ? review.origin : 'unverified'}`));
          await expect(facts).toContainText(words(language, 'review.published'));
          if (review.updated_at) await expect(facts).toContainText(words(language, 'review.updated'));
          await expect(facts.locator('.incentive'), 'reward').toHaveCount(review.incentive ? 1 : 0);
          if (review.incentive) await expect(facts.locator('.incentive')).toContainText(review.incentive);
        }
        const order = page.locator('.order');
        await expect(order, 'order').toContainText(words(language, 'list.order.newest'));
        await expect(order, 'checked').toContainText(words(language, 'list.checked'));
        await expect(order.locator(`a[href="/${language}/rules"]`), 'rules').toBeVisible();
      });
    }

    test('on the page of one review', async ({ page }) => {
      await page.goto(`/${language}${pages().review}`);
      const review = await api(`/api/v1${pages().review}`);
      const facts = page.locator('.facts');
      await expect(facts.locator('time').first()).toHaveAttribute('datetime', review.experience_on);
      await expect(facts.locator('time').nth(1)).toHaveAttribute('datetime', review.published_at);
      await expect(facts).toContainText(words(language, `review.origin.${review.origin}`));
      await expect(page.locator('main')).toContainText(words(language, 'list.checked'));
      await expect(page.locator(`main a[href="/${language}/rules"]`)).toBeVisible();
    });

    test('in the widget', async ({ page }) => {
      const data = await api(`/w/sites/FR-NAN.json?lang=${language}`);
      await page.goto(`/${language}/rules`);  // any page of ours lets the widget's own script and data in
      await page.evaluate(([source, tag]) => {
        const widget = document.createElement('verbatim-reviews');
        widget.setAttribute('src', source);
        widget.lang = tag;
        document.querySelector('main').prepend(widget);
        const script = document.createElement('script');
        script.src = '/w/v1.js';
        document.head.append(script);
      }, [`${address()}/w/sites/FR-NAN.json`, language]);
      const widget = page.locator('verbatim-reviews');
      await expect(widget.locator('li')).toHaveCount(data.reviews.length);
      const reviews = await publicReviews('FR-NAN');
      for (let n = 0; n < data.reviews.length; ++n) {
        const review = reviews.find((one) => one.id === data.reviews[n].id);
        expect(review.id, 'newest first').toBe(reviews[n].id);
        const text = spacesAlike(await widget.locator('li').nth(n).innerText());
        const shown = (moment) => spacesAlike(new Intl.DateTimeFormat(dates[language], { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(moment)));
        expect(text.replaceAll('.', ''), 'experience date').toContain(shown(review.experience_on).replaceAll('.', ''));
        expect(text.replaceAll('.', ''), 'publication date').toContain(shown(review.published_at).replaceAll('.', ''));
        expect(text, 'verified').toContain(words(language, `review.origin.${review.verified ? review.origin : 'unverified'}`));
        if (review.updated_at) expect(text).toContain(words(language, 'review.updated'));
        expect(text.includes(beginning(language, 'review.incentive')), 'reward').toBe(review.incentive !== null);
      }
      await expect(widget, 'order').toContainText(words(language, 'widget.selection'));
      await expect(widget, 'checked').toContainText(words(language, 'list.checked'));
      await expect(widget.locator(`a[href="${address()}/${language}/rules"]`), 'rules').toBeVisible();
    });

    test('NOT-2: each fact of the rules has words of its own', async ({ page }) => {
      await page.goto(`/${language}/rules`);
      for (const id of ['NOT-2a', 'NOT-2b', 'NOT-2c', 'NOT-2d', 'NOT-2e', 'NOT-2f', 'NOT-2g', 'NOT-2h', 'NOT-3', 'NOT-5']) {
        const fact = page.locator(`[data-norm~="${id}"]`).first();
        await expect(fact, id).toBeVisible();
        expect((await fact.innerText()).trim().length, id).toBeGreaterThan(20);
      }
      await expect(page.locator('[data-norm~="NOT-2g"] li')).toHaveCount(13);
    });

    test('NOT-7: each number of the figures is the one of the download', async ({ page }) => {
      const figures = await (await page.request.get('/transparency.json')).json();
      let size;
      await expect(async () => {  // page and download are made within seconds of each other
        await page.goto(`/${language}/transparency`);
        size = await page.locator('data[data-size]').getAttribute('value');
        expect((await (await page.request.get('/transparency.json')).json()).log.size).toBe(Number(size));
      }).toPass({ timeout: 45_000 });
      const download = await (await page.request.get('/transparency.json')).json();
      expect(download.log.name).toBe(figures.log.name);
      await page.locator('details').evaluateAll((all) => all.forEach((one) => { one.open = true; }));
      const cells = await page.locator('[data-figure]').evaluateAll((all) => all.map((cell) => [`${cell.closest('[data-row]').dataset.row}/${cell.dataset.figure}`, cell.innerText]));
      expect(cells.length).toBeGreaterThan(40);
      for (const [place, text] of cells) {
        const value = place.split('/').reduce((at, part) => at[part], download);
        expect(text.replace(/\D/g, ''), place).toBe(String(value));
      }
      for (const sum of download.sums) expect(sum.holds, sum.rule).toBe(true);
      await expect(page.locator('.sums')).toContainText(words(language, 'transparency.sums_hold'));
    });

    test('ACC-5: the accessibility page is one step away and names a contact', async ({ page }) => {
      await page.goto(`/${language}/sites/FR-NAN`);
      await page.locator('footer a', { hasText: words(language, 'frame.accessibility') }).click();
      await expect(page).toHaveURL(`/${language}/accessibility`);
      await expect(page.locator('main a[href^="mailto:"]')).toBeVisible();
    });
  });
}

for (const width of [390, 1280]) {
  test(`ACC-1: axe finds nothing at ${width} px, tables of figures opened`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    for (const path of ['/en/sites/FR-NAN', '/en/products/MADRIGAL', `/en${pages().review}`, '/en/rules', '/en/transparency', '/en/accessibility']) {
      await page.goto(path);
      await page.locator('details').evaluateAll((all) => all.forEach((one) => { one.open = true; }));
      const found = await axe(page).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
      expect(found.violations.map((one) => `${path}: ${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width);
    }
  });
}

test('NOT-4: no certificate is configured, and no page speaks of one', async ({ page }) => {
  const claim = /[Cc]ertifi(ed|é|cation)|[Zz]ertifi|(?<![\p{L}\d])NF(?![\p{L}\d])|(?<![\p{L}\d])ISO[ -](?!8601|639|3166|8859)/u;
  for (const language of languages) {
    for (const path of ['/', '/sites/FR-NAN', pages().review, '/rules', '/transparency', '/accessibility']) {
      await page.goto(`/${language}${path}`);
      await page.locator('code').evaluateAll((all) => all.forEach((one) => one.remove()));  // keys and hashes may spell anything
      expect(await page.content(), `${language}${path}`).not.toMatch(claim);
    }
  }
});
