// The page of a point of sale as its reader meets it (norms NOT-1, PUB-1 to PUB-3, SUP-1).
import { test, expect, pages } from './test.js';
import { api, publicReviews } from './platform/platform.js';
import { spacesAlike, words } from './platform/words.js';

const site = '/en/sites/FR-NAN';
const article = (page, review) => page.locator(`#review-${review.id}`);

test('NOT-1: each review has both dates in <time>, its origin and its place in the log', async ({ page }) => {
  await page.goto(site);
  const reviews = await publicReviews('FR-NAN');
  expect(reviews.length).toBeGreaterThanOrEqual(4);
  await expect(page.locator('article.review')).toHaveCount(reviews.length);
  for (const review of reviews) {
    const times = await article(page, review).locator('.facts time').evaluateAll((all) => all.map((time) => time.getAttribute('datetime')));
    expect(times[0]).toBe(review.experience_on);
    expect(times[1]).toContain(new Date(typeof review.published_at === 'number' ? review.published_at * 1000 : review.published_at).toISOString().slice(0, 10));
    const text = spacesAlike(await article(page, review).innerText());
    expect(text).toMatch(new RegExp(`(?<!\\d)${review.log_index.toLocaleString('en-GB')}(?!\\d)`));
    expect(text).toContain(review.rating === null ? '' : spacesAlike(review.body.split('\n')[0]));
  }
});

test('PUB-1: every word stands as it was written, markup and all', async ({ page }) => {
  await page.goto(site);
  await expect(page.locator('blockquote', { hasText: 'Bon <b>travail</b> & bon café.' })).toHaveText('Bon <b>travail</b> & bon café.');
  await expect(page.locator('blockquote b')).toHaveCount(0);
  await expect(page.locator('blockquote', { hasText: 'Accueil aimable' })).toHaveAttribute('lang', /^fr/);
  expect(await page.locator('blockquote', { hasText: 'Accueil aimable' }).innerText(), 'line breaks').toMatch(/propre\.\n+Le devis/);
});

test('PUB-3: the figure on the page is the figure of the API', async ({ page }) => {
  const rating = await api('/api/v1/sites/FR-NAN/rating');
  await page.goto(site);  // one decimal, half up
  const head = spacesAlike(await page.locator('.subject').innerText());
  expect(head).toContain(Number(rating.average).toLocaleString('en-GB', { maximumFractionDigits: 1 }));
  expect(head).toMatch(new RegExp(`(?<!\\d)${rating.count}(?!\\d)`));
});

test('PUB-2: newest first; the filter and the order are a form without script', async ({ page }) => {
  await page.goto(site);
  const stars = () => page.locator('article.review .facts svg[role=img], article.review .facts [aria-label]').first();
  await expect(stars()).toBeVisible();
  const inOrder = async () => (await page.locator('article.review').evaluateAll((all) => all.map((one) => one.id.replace('review-', ''))));
  const reviews = await publicReviews('FR-NAN');
  expect(await inOrder()).toEqual(reviews.map((review) => review.id));

  await page.locator('form select[name=sort]').selectOption('lowest');
  await page.locator('form:has(select[name=sort]) button').click();
  await expect(page).toHaveURL(/sort=lowest/);
  const ratings = Object.fromEntries(reviews.map((review) => [review.id, review.rating]));
  const sorted = (await inOrder()).map((id) => ratings[id]);
  expect(sorted).toEqual([...sorted].sort((a, b) => a - b));
  await expect(page.locator('meta[name=robots]')).toHaveAttribute('content', /noindex/);

  await page.goto(`${site}?rating=1`);
  expect((await inOrder()).map((id) => ratings[id])).toEqual(reviews.filter((review) => review.rating === 1).map(() => 1));
});

test('a bar of the distribution leads to its reviews', async ({ page }) => {
  await page.goto(site);
  await page.locator('.subject a[href*="rating=5"]').click();
  await expect(page).toHaveURL(/rating=5/);
  await expect(page.locator('article.review')).toHaveCount((await publicReviews('FR-NAN')).filter((review) => review.rating === 5).length);
});

test('SUP-1: the reply stands under its review', async ({ page }) => {
  await page.goto(site);
  const review = (await publicReviews('FR-NAN')).find((one) => one.body.startsWith('Trois rendez-vous'));
  await expect(article(page, review).locator('.reply')).toContainText('Vous avez raison');
  await page.goto(`/en${pages().answered}`);
  await expect(page.locator('.reply')).toContainText('Vous avez raison');
});

test('light is light, dark is dark, by the reader\'s own setting', async ({ page }) => {
  await page.goto(site);
  const shade = async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    return page.evaluate(() => {
      const bright = (colour) => colour.match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 765;
      const paper = getComputedStyle(document.body).backgroundColor === 'rgba(0, 0, 0, 0)' ? document.documentElement : document.body;
      return { paper: bright(getComputedStyle(paper).backgroundColor), ink: bright(getComputedStyle(document.body).color) };
    });
  };
  const light = await shade('light');
  expect(light.paper).toBeGreaterThan(0.9);
  expect(light.ink).toBeLessThan(0.3);
  const dark = await shade('dark');
  expect(dark.paper).toBeLessThan(0.2);
  expect(dark.ink).toBeGreaterThan(0.8);
});

test('the fonts come with the page: two voices', async ({ page }) => {
  await page.goto(site);
  await page.evaluate(() => document.fonts.ready.then(() => true));
  const loaded = await page.evaluate(() => [...document.fonts].filter((font) => font.status === 'loaded').map((font) => font.family.replaceAll('"', '')));
  expect(loaded.some((family) => /brygada/i.test(family))).toBe(true);
  expect(loaded.some((family) => /commissioner/i.test(family))).toBe(true);
  const voices = await page.evaluate(() => [getComputedStyle(document.querySelector('blockquote.voice')).fontFamily, getComputedStyle(document.body).fontFamily]);
  expect(voices[0]).not.toBe(voices[1]);
});

test('the languages of the page lead to the same page', async ({ page }) => {
  await page.goto(site);
  await page.locator('footer nav a[hreflang=de]').click();
  await expect(page).toHaveURL('/de/sites/FR-NAN');
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.locator('body')).toContainText(words('de', 'frame.how'));
});

test('the first Tab is a way past the head', async ({ page }) => {
  await page.goto(site);
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: words('en', 'frame.skip') });
  await expect(skip).toBeFocused();
  const box = await skip.boundingBox();
  expect(box.width * box.height, 'seen when focused').toBeGreaterThan(100);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#main$/);
});

test('a place is found by its name', async ({ page }) => {
  await page.goto('/en/');
  await page.locator('input[name=q]').fill('Nantes');
  await page.locator('input[name=q]').press('Enter');
  await page.getByRole('link', { name: 'Garage Kervadec' }).click();
  await expect(page.locator('h1')).toHaveText('Garage Kervadec');
});
