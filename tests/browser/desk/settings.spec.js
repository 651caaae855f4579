// The administrator sets it up: what the form asks, what authors declare, rules, countries, values, points of sale, people, keys, webhooks.
import { expect, looksGood, settled, test, words } from './desk.js';

const tab = async (page, name) => {
  await page.getByRole('navigation', { name: words('settings.title') }).getByRole('link', { name: words(`settings.tab_${name}`), exact: true }).click();
  await settled(page);
};
const api = async (page, path) => (await page.context().request.get(path)).json();
const saved = (page) => expect(page.locator('.toast').filter({ hasText: words('settings.saved') }).last()).toBeVisible();

test('the administrator sets it up', async ({ desk }) => {
  test.setTimeout(180_000);
  const page = await desk('admin', { at: '/office/settings' });
  await settled(page);
  await expect(page.locator('.register a').first()).toBeVisible();
  await looksGood(page, 'points of sale');

  // What a service's form asks: one of the brand's own, first; seen at once as the customer will see it.
  await tab(page, 'questionnaires');
  await page.locator('.register a', { hasText: words('code.service_workshop') }).click();
  await page.getByLabel(words('settings.own_criterion')).fill('Coffee');
  await page.getByRole('button', { name: words('settings.add') }).click();
  await page.getByLabel('French').fill('Le café');
  await expect(page.locator('.set-preview')).toContainText('Coffee');
  await looksGood(page, 'a questionnaire');
  await page.getByRole('button', { name: words('settings.save') }).click();
  await saved(page);
  const asked = await api(page, '/api/v1/questionnaires/workshop');
  expect(asked.edition).toBeGreaterThan(0);
  expect(asked.body.criteria.at(-1)).toEqual({ code: 'coffee', labels: { en: 'Coffee', fr: 'Le café' } });
  await page.getByText(words('settings.editions')).click();
  await settled(page);
  await expect(page.locator('.set-history li')).toHaveCount(asked.edition + 1);
  await page.getByRole('button', { name: words('settings.undo') }).click();
  await expect(page.locator('.set-preview')).not.toContainText('Coffee');
  expect((await api(page, '/api/v1/questionnaires/workshop')).edition).toBe(asked.edition + 1);

  await tab(page, 'texts');
  await page.locator('.register a').first().click();
  await page.getByLabel('French').fill("J'étais là, et personne ne m'a rien promis.");
  await page.getByRole('button', { name: words('settings.save') }).click();
  await saved(page);
  await looksGood(page, 'the declaration');
  await page.getByRole('button', { name: words('settings.reset') }).click();
  await expect(page.getByLabel('French')).toHaveValue('');

  await tab(page, 'rules');
  await page.locator('.register a').first().click();
  await page.getByLabel(words('settings.word')).fill('Garage Fantôme');
  await page.getByRole('button', { name: words('settings.add') }).click();
  await page.getByRole('button', { name: words('settings.save') }).click();
  await saved(page);
  await looksGood(page, 'words of one’s own');

  await tab(page, 'countries');
  await page.locator('.register a', { hasText: 'Poland' }).click();
  await page.getByLabel(words('settings.invitation')).selectOption('consent_needed');
  await page.getByRole('button', { name: words('settings.save') }).click();
  await saved(page);
  await looksGood(page, 'a country');

  await tab(page, 'values');
  await page.locator('.register a', { hasText: 'invite.delay.workshop' }).click();
  await page.getByRole('spinbutton', { name: words('settings.value') }).fill('4');
  await page.getByRole('button', { name: words('settings.save') }).click();
  await saved(page);
  await looksGood(page, 'a value', { shownKeys: /^(access|findings|plan)\./ });  // the settings' own names

  await tab(page, 'people');
  await expect(page.locator('.register a').first()).toBeVisible();
  await looksGood(page, 'people');

  await tab(page, 'keys');
  await page.getByRole('link', { name: words('settings.new_key') }).click();
  await page.getByLabel(words('settings.description')).fill('data warehouse');
  await page.getByRole('button', { name: words('settings.add') }).click();
  await expect(page.locator('.set-secret code')).toHaveText(/^vbk_/);
  await looksGood(page, 'a key');

  await tab(page, 'webhooks');
  await page.getByRole('link', { name: words('settings.new_webhook') }).click();
  await page.getByLabel(words('settings.url')).fill('https://crm.example.org/verbatim');
  await page.getByLabel(words('settings.description')).fill('our CRM');
  await page.getByLabel(words('settings.kinds'), { exact: true }).fill('review.* case.opened');
  await page.getByRole('button', { name: words('settings.add') }).click();
  await expect(page.locator('.set-secret code')).toHaveText(/^whsec_/);
  await looksGood(page, 'a webhook');
  await page.getByRole('button', { name: words('settings.remove'), exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: words('settings.remove'), exact: true }).click();
  await expect(page.getByText(words('settings.no_webhooks'))).toBeVisible();
});

test('a point of sale is put right, and what is no opening hours is said', async ({ desk }) => {
  const page = await desk('admin', { at: '/office/settings/sites', expected: [/422/] });
  await settled(page);
  await page.locator('.register a').first().click();
  await page.getByLabel(words('settings.opening'), { exact: true }).fill('when we like');
  await page.getByRole('button', { name: words('settings.save') }).click();
  await expect(page.getByLabel(words('settings.opening'), { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel(words('settings.opening'), { exact: true }).fill('Mo-Fr 07:30-19:00; Sa 09:00-12:00');
  await page.getByRole('button', { name: words('settings.save') }).click();
  await saved(page);
});

test('settings are called by names, in every language; the key stands beside for the documents', async ({ desk }) => {
  test.setTimeout(180_000);
  for (const [language, size] of [['en', 'wide'], ['fr', 'wide'], ['de', 'phone'], ['es', 'wide'], ['it', 'phone'], ['pt', 'wide'], ['nl', 'phone'], ['pl', 'wide']]) {
    const page = await desk('admin', { language, size, at: '/office/settings/values' });
    await settled(page);
    await expect(page.getByRole('heading', { name: words('values.family_retention', language) })).toBeVisible();
    const named = await page.locator('.register .set-name').allInnerTexts();
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter((name) => /^[a-z0-9_]+(\.[a-z0-9_]+)+$/.test(name.trim())), `called by a key in ${language}`).toEqual([]);
    const whole = ['en', 'de', 'pl'].includes(language);
    if (whole) await looksGood(page, `values in ${language}`, { shownKeys: /^(access|findings|plan)\./ });
    await page.locator('.register a', { hasText: 'moderate.overdue' }).click();
    await settled(page);
    await expect(page.getByRole('combobox', { name: words('settings.value', language), exact: true })).toHaveValue('publish');
    await expect(page.getByRole('heading', { level: 2, name: words('values.name_moderate_overdue', language) })).toBeVisible();
    await expect(page.getByText(words('values.help_moderate_overdue', language))).toBeVisible();
    await expect(page.locator('.set-one code').first()).toHaveText('moderate.overdue');
    if (whole) await looksGood(page, `a value in ${language}`, { shownKeys: /^(access|findings|plan)\./ });
  }
});

test('on a phone and in the dark', async ({ desk }) => {
  const page = await desk('admin', { size: 'phone', scheme: 'dark', language: 'de', at: '/office/settings/questionnaires' });
  await settled(page);
  await looksGood(page, 'settings on a phone');
  await page.locator('.register a').first().click();
  await settled(page);
  await looksGood(page, 'a questionnaire on a phone');
});
