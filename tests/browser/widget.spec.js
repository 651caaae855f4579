// The reviews on a showroom's own page: another origin, the strictest policy, and no JavaScript (norm PUB-5).
import http from 'node:http';
import { axe } from './axe.js';
import { test as base, expect } from './test.js';
import { address, api, publicReviews } from './platform/platform.js';
import { spacesAlike } from './platform/words.js';

const test = base.extend({
  // A showroom of one page, on a port and so on an origin of its own.
  showroom: async ({}, use) => {
    const server = http.createServer((request, response) => {
      if (request.url === '/favicon.ico') return response.writeHead(204).end();
      const wish = new URL(request.url, 'http://showroom').searchParams;
      response.writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': `default-src 'none'; script-src ${address()}; connect-src ${address()}; style-src 'none'; img-src 'self'; require-trusted-types-for 'script'`,
      }).end(`<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Garage Kervadec</title><meta name="viewport" content="width=device-width"></head>
        <body><main><h1>Garage Kervadec</h1>
        <verbatim-reviews src="${address()}${wish.get('src') ?? '/w/sites/FR-NAN.json'}" lang="${wish.get('lang') ?? 'fr'}"><a href="${address()}/fr/sites/FR-NAN">Nos avis certifiés</a></verbatim-reviews>
        </main><script async src="${address()}/w/v1.js"></script></body></html>`);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    await use(`http://127.0.0.1:${server.address().port}/`);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },
});

test('PUB-5: average, count and words on a foreign origin, under the strictest policy', async ({ page, showroom }) => {
  await page.goto(showroom);
  const rating = await api('/api/v1/sites/FR-NAN/rating');
  const widget = page.locator('verbatim-reviews');
  await expect(widget.locator('.n')).toHaveText(Number(rating.average).toLocaleString('fr-FR', { maximumFractionDigits: 1 }));
  await expect(widget.locator('.h')).toContainText(String(rating.count));
  const shown = await widget.locator('blockquote').allTextContents();
  expect(shown.length).toBeGreaterThanOrEqual(3);
  const known = (await publicReviews('FR-NAN')).map((review) => spacesAlike(review.body));
  for (const words of shown) expect(known.some((body) => body.startsWith(spacesAlike(words).replace(/…$/, '')))).toBe(true);
  await expect(widget.locator('blockquote b')).toHaveCount(0);
  await expect(widget.locator('blockquote').first()).toHaveAttribute('lang', /^fr/);
  await expect(widget.locator('svg').first()).toHaveAttribute('aria-label', /sur 5/);
  await expect(widget.locator(`section a[href="${address()}/fr/sites/FR-NAN"]`)).toBeVisible();
  await expect(widget.locator(`section a[href="${address()}/fr/rules"]`)).toBeVisible();
  if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/widget-desktop.png`, fullPage: true });
});

test('it fits 320 px, and axe finds nothing in it', async ({ page, showroom }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(showroom);
  await expect(page.locator('verbatim-reviews blockquote').first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  const found = await axe(page).include('verbatim-reviews').analyze();
  expect(found.violations.map((one) => one.id)).toEqual([]);
  if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/widget-320.png`, fullPage: true });
});

for (const [lang, word] of [['en', /review/i], ['de', /Bewertung/i]]) {
  test(`it speaks ${lang}`, async ({ page, showroom }) => {
    await page.goto(`${showroom}?lang=${lang}`);
    await expect(page.locator('verbatim-reviews .h')).toContainText(word);
    await expect(page.locator('verbatim-reviews section')).toHaveAttribute('lang', new RegExp(`^${lang}`));
  });
}

test('a vehicle\'s words too', async ({ page, showroom }) => {
  await page.goto(`${showroom}?src=/w/products/MADRIGAL.json`);
  await expect(page.locator('verbatim-reviews blockquote')).toHaveText('Silencieuse, confortable, mais la caméra s’embue par temps froid.');
  await expect(page.locator('verbatim-reviews .n')).toHaveText('4,0');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the link inside remains', async ({ page, showroom }) => {
    await page.goto(showroom);
    await expect(page.getByRole('link', { name: 'Nos avis certifiés' })).toBeVisible();
  });
});
