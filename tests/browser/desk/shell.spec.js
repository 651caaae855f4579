// The frame of the desk: who sees what, by mouse, keyboard and thumb, in any language, with and without the net.
import { expect, looksGood, settled, staff, test, words } from './desk.js';

const rail = (page) => page.locator('.rail nav a');

test('nobody is asked to sign in', async ({ desk }) => {
  const page = await desk(undefined);
  await expect(page.locator('.rail')).toHaveCount(0);
  await looksGood(page, 'signing in');
});

for (const role of Object.keys(staff)) {
  test(`${role} begins at a screen of their own and finds no fault in it`, async ({ desk }) => {
    const page = await desk(role);
    await expect(page.locator('main h1')).not.toHaveText(words('shell.not_found'));
    await looksGood(page, `${role}'s first screen`);
    const phone = await desk(role, { size: 'phone', scheme: 'dark' });
    await looksGood(phone, `${role}'s first screen on a phone`);
  });
}

test('a screen that is not one’s own is not shown, nor one that is none', async ({ desk }) => {
  const page = await desk('moderator', { at: '/office/auditor' });
  await expect(page.getByText(words('problem.s403'))).toBeVisible();
  await page.goto('/office/nowhere');
  await expect(page.getByText(words('problem.s404'))).toBeVisible();
  await looksGood(page, 'nothing there');
});

test('the keyboard goes everywhere', async ({ desk }) => {
  const page = await desk('hq', { at: '/office/auditor' });
  await page.keyboard.press('Tab');
  await expect(page.locator('.skip')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await expect(page).toHaveURL(/\/office\/moderation/);
  await expect(page.locator('main h1')).toHaveText(words('moderation.title'));
  await page.keyboard.press('?');
  const help = page.getByRole('dialog');
  await expect(help).toBeVisible();
  await expect(help).toContainText(words('moderation.do_publish'));
  await looksGood(page, 'the list of keys');
  await help.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
  // Switched off (WCAG 2.1.4), no letter does anything.
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await page.waitForTimeout(200);
  await expect(page).toHaveURL(/\/office\/moderation/);
});

test('the language changes without loading, and stays', async ({ desk }) => {
  const page = await desk('auditor');
  await settled(page);
  let loads = 0;
  page.on('load', () => loads++);
  await page.locator('.person summary').click();
  for (const language of ['pl', 'de', 'es', 'it', 'pt', 'nl', 'fr', 'en']) {
    await page.locator('.preferences select').filter({ has: page.locator(`option[value=${language}]`) }).selectOption(language);
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await expect(page.locator('main h1')).toHaveText(words('auditor.title', language));
    await looksGood(page, `the first screen in ${language}`);
  }
  await page.locator('.preferences select').filter({ has: page.locator('option[value=it]') }).selectOption('it');
  expect(loads).toBe(0);
  await page.reload();
  await expect(page.locator('main h1')).toHaveText(words('auditor.title', 'it'));
});

test('light and dark, chosen or as the device has it', async ({ desk }) => {
  const page = await desk('moderator', { scheme: 'light' });
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const bright = await background();
  await page.locator('.person summary').click();
  await page.locator('.preferences select').filter({ has: page.locator('option[value=dark]') }).selectOption('dark');
  expect(await background()).not.toBe(bright);
  await looksGood(page, 'chosen dark');
  await page.reload();
  await settled(page);
  expect(await background()).not.toBe(bright);
});

test('on a phone the rail lies at the foot, with everything in its menu', async ({ desk }) => {
  const page = await desk('hq', { size: 'phone' });
  await expect(page.locator('.rail')).toBeHidden();
  await page.locator('.foot-menu').click();
  const menu = page.getByRole('dialog');
  await looksGood(page, 'the menu');
  await menu.getByRole('link', { name: words('auditor.title') }).click();
  await expect(page).toHaveURL(/\/office\/auditor/);
  await expect(menu).toHaveCount(0);
});

test('without the net the desk says so, opens again from what it kept, and comes back', async ({ desk }) => {
  const page = await desk('moderator');
  await settled(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();  // now under the worker's eyes
  await settled(page);
  page.expectProblem(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|net::/);
  await page.context().setOffline(true);
  await expect(page.locator('.banner')).toContainText(words('shell.offline'));
  await page.reload();
  await expect(page.locator('h1').first()).toBeVisible();
  await page.context().setOffline(false);
  await page.reload();
  await expect(rail(page).first()).toBeVisible();
  await expect(page.locator('.banner')).toHaveCount(0);
});

test('signing out leaves nothing behind', async ({ desk }) => {
  const page = await desk('auditor');
  await settled(page);
  page.expectProblem(/\/api\/v1\//);
  await page.locator('.person summary').click();
  await page.getByRole('button', { name: words('shell.sign_out') }).click();
  await expect(page.locator('.rail')).toHaveCount(0);
  await page.goto('/office/auditor');
  await expect(page.locator('.register')).toHaveCount(0);
});
