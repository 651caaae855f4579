// Headquarters goes from the brand to one sentence and makes a finding of it; the country answers; the finding ends. And everybody's
// ranking and monthly report. At 1280 and 390 px, light and dark, without a fault of accessibility.
import { expect, looksGood, settled, test, words } from './desk.js';

test('from the brand to one sentence, every step with an address', async ({ desk }) => {
  const page = await desk('hq', { at: '/office/headquarters' });
  await expect(page.getByRole('heading', { name: words('headquarters.title'), level: 1 })).toBeVisible();
  await looksGood(page, 'headquarters');
  await page.locator('.dots').getByRole('link', { name: /France/ }).click();
  await expect(page).toHaveURL(/headquarters\/country%3AFR/);
  await page.locator('select[name=service]').selectOption('workshop');
  await expect(page).toHaveURL(/service=workshop/);
  await page.getByRole('button', { name: words('headquarters.by_site'), exact: true }).click();
  await settled(page);
  await page.locator('.dots a').first().click();
  await expect(page).toHaveURL(/site%3AFR-NAN/);
  await settled(page);
  // The address alone shows the same.
  const address = page.url();
  const shown = await page.locator('.key-figures').innerText();
  await page.goto(address);
  await settled(page);
  expect(await page.locator('.key-figures').innerText()).toBe(shown);
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('FR-NAN');  // a name, not its code, though nobody came by the list
  const first = page.locator('.sentences li').first();
  await expect(first).toContainText('Trois rendez-vous pour la même panne');
  const csv = await page.request.get(await page.locator('a[download]').first().getAttribute('href'));
  expect(await csv.text()).toMatch(/^rank,branch,name,count,mean,low,high/);
  await looksGood(page, 'headquarters of a site');
});

test('on a phone, in the dark', async ({ desk }) => {
  const page = await desk('country', { at: '/office/headquarters?compare=none', size: 'phone', scheme: 'dark', language: 'de' });
  await looksGood(page, 'headquarters on a phone');
});

test('a finding is written, sent, answered and closed', async ({ desk }) => {
  const page = await desk('hq', { at: '/office/headquarters/site:FR-NAN' });
  await page.getByLabel(words('headquarters.choose')).first().check();
  await page.getByRole('link', { name: words('headquarters.write_finding') }).click();
  await page.getByLabel(words('findings.name')).fill('Nobody calls back');
  await page.getByLabel(words('findings.text')).fill('Customers come three times and nobody calls.');
  await page.getByRole('button', { name: words('findings.keep') }).click();
  await expect(page.getByRole('heading', { name: 'Nobody calls back' })).toBeVisible();
  await looksGood(page, 'a finding');
  await page.getByRole('button', { name: words('findings.send'), exact: true }).click();
  await page.getByLabel(words('findings.filter')).fill('Carlier');
  await page.getByRole('checkbox', { name: /Corinne Carlier/ }).check();
  await page.getByRole('button', { name: 'Send to 1 person' }).click();
  await expect(page.getByText('Corinne Carlier')).toBeVisible();

  const country = await desk('country', { at: '/office/findings' });
  await country.getByRole('link', { name: /Nobody calls back/ }).click();
  await country.getByLabel(words('findings.changed'), { exact: true }).fill('Calls by noon.');
  await country.getByRole('button', { name: words('findings.answer_send') }).click();
  await looksGood(country, 'a finding that was received');

  await expect(page.getByText('Calls by noon.')).toBeVisible();
  await page.getByRole('button', { name: words('findings.we_changed') }).click();
  await page.getByRole('textbox').first().fill('On vous rappelle avant midi.');
  await page.getByRole('button', { name: words('findings.who_hears') }).click();
  await expect(page.locator('.held')).toBeVisible();
  await page.getByRole('button', { name: words('findings.close_tell') }).click();
  await page.getByRole('dialog').getByRole('button', { name: words('findings.tell') }).click();
  await expect(page.getByRole('heading', { name: words('findings.customers') })).toBeVisible();
  await looksGood(page, 'a finding that is closed');
});

test('vehicles, ranking, monthly report', async ({ desk }) => {
  const page = await desk('product', { at: '/office/product' });
  await looksGood(page, 'product');
  const network = await desk('country', { at: '/office/network' });
  await looksGood(network, 'network');
  const report = await desk('site', { at: '/office/reports/site:FR-NAN' });
  await looksGood(report, 'reports');
  const paper = await report.request.get(await report.getByRole('link', { name: words('reports.pdf') }).getAttribute('href'));
  expect((await paper.body()).subarray(0, 5).toString()).toBe('%PDF-');
});

for (const [size, scheme, language] of [['wide', 'light', 'en'], ['phone', 'dark', 'pl']]) {
  test(`from a theme to the customers' sentences, ${size}`, async ({ desk }) => {
    const page = await desk('hq', { at: '/office/headquarters/site:FR-NAN', size, scheme, language });
    await settled(page);
    const themes = page.locator('figure', { has: page.getByRole('heading', { name: words('headquarters.themes', language), exact: true }) });
    await themes.locator('.dots a').first().click();
    await expect(page).toHaveURL(/theme=\w+\.\w+/);
    await settled(page);
    const close = page.locator('.theme-close');
    const mark = close.locator('.sentences mark').first();
    await expect(mark).toBeVisible();
    await themes.getByText(words('shell.as_table', language)).click();
    await expect(themes.getByRole('columnheader', { name: words('headquarters.interval', language) })).toBeVisible();
    await looksGood(page, `a theme, ${size}`);
    // The review itself shows all that was found in it.
    await close.locator('.sentences a').first().click();
    await expect(page.locator('article mark').first()).toBeVisible();
    await looksGood(page, `a review with its themes, ${size}`);
  });
}

// What is followed is the person's: two people, who do not meet.
for (const [size, scheme, role] of [['wide', 'light', 'hq'], ['phone', 'dark', 'country']]) {
  test(`a theme is followed, one is taught, a sentence found by its meaning, ${size}`, async ({ desk }) => {
    test.setTimeout(150_000);
    const page = await desk(role, { at: '/office/headquarters/site:FR-NAN', size, scheme, expected: [/422/] });
    await settled(page);
    const themes = page.locator('.themes');
    await themes.locator('.dots a').first().click();
    const button = page.locator('.theme-close').getByRole('button', { name: words('headquarters.follow') });
    await button.click();
    await expect(themes.getByRole('heading', { name: words('headquarters.followed') })).toBeVisible();
    await themes.getByText(words('headquarters.rising'), { exact: true }).click();
    const teaching = themes.getByText(words('headquarters.teach'), { exact: true });
    if (role === 'country') {
      await expect(teaching).toHaveCount(0);  // it answers for no product
      await looksGood(page, `followed, rising, ${size}`);
    } else {
      await teaching.click();
      await settled(page);
      await looksGood(page, `followed, rising, teaching, ${size}`);
      // With five sentences and hardly a review it says what is missing.
      await themes.getByLabel(words('headquarters.teach_name')).fill('Coffee');
      await themes.getByLabel(words('headquarters.teach_examples')).fill('The coffee is cold.\nNo coffee at all.\nI was offered coffee.\nGood coffee.\nCoffee from a machine.');
      await themes.getByRole('button', { name: words('headquarters.teach_send') }).click();
      await expect(themes.getByText(words('problem.too_few')).first()).toBeVisible();
      await looksGood(page, `a theme that cannot be taught, ${size}`);
    }
    await page.locator('.theme-close').getByRole('button', { name: words('headquarters.follow_end') }).click();
    await expect(themes.getByRole('heading', { name: words('headquarters.followed') })).toHaveCount(0);

    await page.goto('/office/reviews?q=broken+again');
    await settled(page);
    await page.getByLabel(words('reviews.by')).selectOption('meaning');
    await expect(page).toHaveURL(/by=meaning/);
    await settled(page);
    await looksGood(page, `search by meaning, ${size}`);
  });
}
